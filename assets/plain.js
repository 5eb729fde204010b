/* Draws the contents of dashboard/plain.py: trees of [tag, attributes, contents …], texts as texts. */
(function () {
  "use strict";

  function drawn(tree) {
    if (typeof tree === "string") { return tree; }
    const [tag, attributes, ...contents] = tree;
    return window.React.createElement(tag, attributes, ...contents.map(drawn));
  }

  window.corridor_atlas = {
    Plain: (props) => window.React.createElement(window.React.Fragment, null, ...(props.tree || []).map(drawn)),
  };
})();
