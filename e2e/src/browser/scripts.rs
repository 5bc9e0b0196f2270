//! How fields and controls are found: by the words a person reads.

/// Visible words of an element, without what only screen readers get.
macro_rules! words {
    ($rest:literal) => {
        concat!(
            r"
const words = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('.sr, .optional, .hint, [aria-hidden]').forEach((part) => part.remove());
  return copy.textContent.replace(/\s+/g, '');
};
const wanted = (text) => text.replace(/\s+/g, '');
const visible = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
const titles = 'legend, h1, h2, h3, h4, summary, caption, dt';
const homes = 'fieldset, section, details, form, li, .upload, .card, table';
const narrow = (scope, part) => {
  const exact = [], close = [];
  for (const title of scope.querySelectorAll(titles)) {
    const home = title.closest(homes);
    if (!home || !scope.contains(home) || home === scope) continue;
    const text = words(title);
    if (text === wanted(part)) exact.push(home); else if (text.startsWith(wanted(part))) close.push(home);
  }
  return exact.find(visible) ?? close.find(visible) ?? exact[0] ?? close[0] ?? null;
};
const scopeOf = (parts) => parts.reduce((scope, part) => scope && narrow(scope, part), document.body);
const best = (candidates, text, of) => {
  const seen = candidates.filter(visible);
  return seen.find((one) => of(one) === wanted(text)) ?? seen.find((one) => of(one).startsWith(wanted(text)))
    ?? null;
};
",
            $rest
        )
    };
}

/// Arguments: path of words. Gives the input or null.
pub(super) const FIELD: &str = words!(
    r"
const parts = arguments[0];
const scope = scopeOf(parts.slice(0, -1));
if (!scope) return null;
const labels = [...scope.querySelectorAll('label')].filter((label) => !label.control || label.control.type !== 'hidden');
const label = best(labels, parts.at(-1), words);
return label?.control ?? null;
"
);

/// Gives the words of all labels.
pub(super) const LABELS: &str =
    words!("return [...document.querySelectorAll('label')].filter(visible).map(words);");

/// Arguments: words, selector of the part of the page. Gives the button or link or null.
pub(super) const CONTROL: &str = words!(
    r"
const scope = document.querySelector(arguments[1]);
const all = [...scope.querySelectorAll('button, a[href], input[type=submit], summary')]
  .filter((one) => one.tabIndex >= 0 || one.tagName === 'SUMMARY');
return best(all, arguments[0], (one) => one.value && one.tagName === 'INPUT' ? one.value : words(one));
"
);

/// Arguments: path of words, words. Gives the button or link inside that part or null.
pub(super) const CONTROL_WITHIN: &str = words!(
    r"
const scope = scopeOf(arguments[0]);
if (!scope) return null;
const reachable = (selector) => [...scope.querySelectorAll(selector)].filter((one) => one.tabIndex >= 0);
return best(reachable('button, a[href]'), arguments[1], words) ?? best(reachable('summary'), arguments[1], words);
"
);

/// Gives the words of all buttons and links.
pub(super) const CONTROLS: &str = words!(
    "return [...document.querySelectorAll('main button, main a[href], main summary')].filter(visible).map(words);"
);

/// Arguments: words of the heading. Gives the file input or null.
pub(super) const FILE_INPUT: &str = words!(
    r"
const scope = narrow(document.body, arguments[0]);
return scope?.querySelector('input[type=file]') ?? null;
"
);

/// Arguments: select, words of the option.
pub(super) const SELECT: &str = words!(
    r"
const [select, text] = arguments;
const option = best2([...select.options], text);
if (!option) return false;
select.value = option.value;
select.dispatchEvent(new Event('input', { bubbles: true }));
select.dispatchEvent(new Event('change', { bubbles: true }));
return true;
function best2(options, text) {
  return options.find((one) => words(one) === wanted(text)) ?? options.find((one) => words(one).startsWith(wanted(text)));
}
"
);

/// Arguments: input, value. For what cannot be typed.
pub(super) const SET: &str = r"
const [input, value] = arguments;
input.value = value;
input.dispatchEvent(new Event('input', { bubbles: true }));
input.dispatchEvent(new Event('change', { bubbles: true }));
";

/// Arguments: input. A person clicks the words as well as the box.
pub(super) const CLICK_LABEL: &str = r"
const [input] = arguments;
(input.labels?.[0] ?? input).click();
";

/// Arguments: input. Gives what stands in it.
pub(super) const VALUE: &str = words!(
    r"
const [input] = arguments;
if (input.type === 'checkbox' || input.type === 'radio') return String(input.checked);
if (input.tagName === 'SELECT') return input.selectedOptions[0] ? input.selectedOptions[0].textContent.trim() : '';
return input.value;
"
);

/// Arguments: element. What a click on it leads to; marks the page or form that should go.
pub(super) const LEADS: &str = r"
const [element] = arguments;
if (element.tagName === 'SUMMARY') return 'nothing';
if (element.tagName === 'A') {
  const to = new URL(element.href, location);
  const same = to.pathname === location.pathname && to.search === location.search;
  if ((same && to.hash) || !to.protocol.startsWith('http') || element.target === '_blank') return 'nothing';
} else {
  if (!element.form || element.type === 'button') return 'nothing';
  if (element.form.matches('[data-live]') && /^(add|remove|find):/.test(element.value)) {
    element.form.firstElementChild.setAttribute('data-e2e-old', '');
    window.__old = true;
    return 'redraws';
  }
}
window.__old = true;
return 'page';
";

/// Arguments: whether on a phone. Gives what no page may have.
pub(super) const FAULTS: &str = words!(
    r"
const [phone] = arguments;
const faults = [];
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth + 1) {
  const wide = [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return visible(one) && box.right > page.clientWidth + 1 && !one.closest('.scroll');
  }).slice(0, 5).map((one) => one.tagName + '.' + one.className + '#' + one.id);
  faults.push(`wider than the screen: ${page.scrollWidth} > ${page.clientWidth}: ${wide.join(' ')}`);
}
if (page.lang !== 'zh-CN') faults.push(`language is ${page.lang}`);
if (!document.title.trim()) faults.push('no title');
const headings = document.querySelectorAll('h1').length;
if (headings !== 1) faults.push(`${headings} main headings`);
const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
if (twice.length) faults.push(`ids used twice: ${[...new Set(twice)].join(' ')}`);
for (const input of document.querySelectorAll('input, select, textarea')) {
  if (input.type === 'hidden' || !visible(input)) continue;
  const named = input.labels?.length || input.getAttribute('aria-label') || input.getAttribute('aria-labelledby');
  if (!named) faults.push(`no label: ${input.name || input.id}`);
}
for (const one of document.querySelectorAll('[aria-describedby], [aria-labelledby]')) {
  for (const id of (one.getAttribute('aria-describedby') ?? one.getAttribute('aria-labelledby')).split(/\s+/)) {
    if (id && !document.getElementById(id)) faults.push(`${one.id || one.tagName} refers to ${id}, which is not there`);
  }
}
for (const image of document.images) {
  if (!image.hasAttribute('alt')) faults.push(`no alt: ${image.src}`);
  if (image.complete && image.naturalWidth === 0) faults.push(`broken picture: ${image.src}`);
}
if (phone) {
  for (const one of document.querySelectorAll('main button, main select, main input:not([type=hidden]), main a.button')) {
    if (!visible(one)) continue;
    const targets = [one, one.closest('.option'), ...(one.labels ?? [])].filter(Boolean);
    const boxes = targets.map((target) => target.getBoundingClientRect());
    const box = { width: Math.max(...boxes.map((b) => b.width)), height: Math.max(...boxes.map((b) => b.height)) };
    if (one.tabIndex >= 0 && (box.height < 43.5 || box.width < 43.5)) {
      faults.push(`small target ${Math.round(box.width)}×${Math.round(box.height)}: ${words(one) || one.name || one.id}`);
    }
  }
}
return [...new Set(faults)];
"
);
