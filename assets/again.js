/* A server with too many readers says when to ask again; this does so, twice, before anybody hears of it. */
(() => {
  "use strict";

  const MOST = 2;
  const LONGEST = 10; // seconds
  const ask = window.fetch;

  const rest = (seconds) => new Promise((done) => { setTimeout(done, 1000 * seconds); });

  window.fetch = async (what, options) => {
    for (let asked = 0; ; asked += 1) {
      const answer = await ask(what instanceof Request ? what.clone() : what, options);
      const seconds = Number(answer.headers.get("Retry-After"));
      if (answer.status !== 503 || asked === MOST || !(seconds > 0 && seconds <= LONGEST)) { return answer; }
      await rest(seconds * (0.5 + Math.random())); // not all readers at the same moment
    }
  };
})();
