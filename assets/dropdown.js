/* Dash's dropdown for those who hear a page: its choices hold boxes of their own, which options of a list must
   not; its window has no name; and the field that takes the focus first is hidden from whoever reads aloud. */
(function () {
  "use strict";
  const MENDED = {
    ".dash-dropdown-focus-target:not([tabindex='-1'])": (field) => {
      field.tabIndex = -1;
      field.nextElementSibling.tabIndex = 0;
    },
    ".dash-dropdown[aria-haspopup=listbox]": (button) => { button.setAttribute("aria-haspopup", "dialog"); },
    ".dash-dropdown-content:not([aria-label])": (popup) => { popup.setAttribute("aria-label", nameOf(popup)); },
    ".dash-dropdown-options[role=listbox]": (list) => {
      list.setAttribute("role", "group");
      list.setAttribute("aria-label", nameOf(list));
    },
    ".dash-dropdown-option[role=option]": (label) => { label.removeAttribute("role"); },
    ".dash-dropdown-option[aria-selected]": (label) => { label.removeAttribute("aria-selected"); },
  };

  function nameOf(element) {
    const legend = element.closest("fieldset") && element.closest("fieldset").querySelector("legend");
    return legend ? legend.textContent : "";
  }

  function mend() {
    if (!document.querySelector(".dash-dropdown-wrapper")) { return; }
    Object.entries(MENDED).forEach(([which, how]) => document.querySelectorAll(which).forEach(how));
  }

  /* Of very many options the server offers those that fit what is typed: the store says where that is so. */
  function seek(typed, store) {
    const told = window.dash_component_api.getLayout(store);
    if (told && typeof told.props.data === "string" && told.props.data !== (typed || "")) {
      window.dash_clientside.set_props(store, { data: typed || "" });
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { dropdown: { seek } });

  new MutationObserver(mend).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["tabindex", "aria-selected"],
  });
})();
