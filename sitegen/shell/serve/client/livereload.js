// Keeps a page of the preview up to date, and shows what is wrong with the sources.
//
// The page's policy allows no script and no style inside it, so this and its stylesheet are files. Everything that
// is shown stands in a shadow root, where the site's styles do not reach, and is set as text, never as markup.
(() => {
  'use strict';

  const script = document.currentScript;
  if (!script || window.sitegenPreview) return;
  window.sitegenPreview = true;

  let page = { ...script.dataset };
  let swapping = null;
  const sheet = new URL('livereload.css', script.src).href;

  // ---- The socket: says hello, says which page this is, and does what it is told. ----

  let wait = 250;
  let missed = 0;

  function connect() {
    const address = new URL('livereload', script.src);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    const send = (message) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));
    const report = () =>
      send({ command: 'info', plugins: {}, url: location.href.split('#')[0], page, loaded: loaded() });
    socket.addEventListener('open', () =>
      send({ command: 'hello', protocols: ['http://livereload.com/protocols/official-7'] })
    );
    socket.addEventListener('message', (event) => {
      const message = JSON.parse(event.data);
      wait = 250;
      missed = 0;
      if (message.command === 'hello' || message.command === 'built') report();
      if (message.command === 'state') obey(message);
    });
    socket.addEventListener('close', () => {
      missed += 1;
      if (missed > 2) chip.say('lost', 'The preview has stopped', null);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 4000);
    });
  }

  // The paths of all that this page has fetched from this server.
  function loaded() {
    const found = new Set();
    const add = (address) => {
      try {
        const url = new URL(address, location.href);
        if (url.origin === location.origin) found.add(url.pathname);
      } catch {
        // No address, so nothing was fetched from it.
      }
    };
    performance.getEntriesByType('resource').forEach((entry) => add(entry.name));
    document.querySelectorAll('[src]').forEach((element) => add(element.currentSrc || element.src));
    document.querySelectorAll('link[rel~="stylesheet"], link[rel~="icon"]').forEach((link) => add(link.href));
    return [...found];
  }

  async function obey(state) {
    if (state.verdict === 'reload') {
      // Browsers keep the place on the page.
      location.reload();
      return;
    }
    if (state.verdict === 'style') await restyle();
    else page.serial = state.serial;
    show(state);
  }

  // ---- New stylesheets in the place of the old, without loading the page again. ----

  function restyle() {
    swapping = (swapping || Promise.resolve()).then(swap).catch(() => location.reload());
    return swapping;
  }

  async function swap() {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const marks = fresh.querySelector('script[data-run][data-serial]');
    const old = sheets(document);
    const next = sheets(fresh);
    if (!marks || old.length !== next.length) throw new Error('another page');
    await Promise.all(old.map((link, index) => replace(link, next[index].getAttribute('href'), marks.dataset.serial)));
    move(document, fresh);
    page = { ...marks.dataset };
  }

  function sheets(from) {
    return [...from.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !link.dataset.sitegenOld);
  }

  function replace(link, href, serial) {
    const url = new URL(href, location.href);
    if (url.origin !== location.origin) return Promise.resolve();
    // The same address would be answered from what the browser holds.
    if (url.href === link.href.split('?')[0]) url.searchParams.set('preview', serial);
    const fresh = link.cloneNode();
    fresh.href = url.href;
    link.dataset.sitegenOld = 'true';
    return new Promise((done) => {
      const end = () => {
        link.remove();
        done();
      };
      fresh.addEventListener('load', end);
      fresh.addEventListener('error', end);
      link.after(fresh);
    });
  }

  // Theme files have moved to new folders, and the old ones are gone: what is loaded from them later must follow.
  function move(here, fresh) {
    const moving = /(\/assets\/)[0-9a-f]{12}(\/[^\s,]+)/g;
    const now = new Map();
    for (const name of ['href', 'src', 'srcset', 'poster', 'data']) {
      for (const element of fresh.querySelectorAll(`[${name}*="/assets/"]`)) {
        for (const [whole, start, rest] of element.getAttribute(name).matchAll(moving)) now.set(start + rest, whole);
      }
    }
    for (const name of ['href', 'src', 'srcset', 'poster', 'data']) {
      for (const element of here.querySelectorAll(`[${name}*="/assets/"]`)) {
        if (element.matches('script, link[rel~="stylesheet"]')) continue;
        const value = element.getAttribute(name);
        const moved = value.replace(moving, (whole, start, rest) => now.get(start + rest) || whole);
        if (moved !== value) element.setAttribute(name, moved);
      }
    }
  }

  // ---- What is shown: a dialogue with the faults, and a button in the corner that brings it back. ----

  const host = document.createElement('div');
  host.id = 'sitegen-preview';
  host.lang = 'en';
  host.dir = 'ltr';
  const root = host.attachShadow({ mode: 'open' });
  const styled = new Promise((done) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = sheet;
    link.addEventListener('load', done);
    link.addEventListener('error', done);
    root.append(link);
  });

  function make(name, properties = {}, ...children) {
    const { className, ...attributes } = properties;
    const element = document.createElement(name);
    if (className) element.className = className;
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children.filter((child) => child !== null && child !== ''));
    return element;
  }

  // Focus begins here and not on a button: whoever was typing must not press it unawares.
  const title = make('h1', { id: 'title', tabindex: '-1', autofocus: '' });
  const about = make('p', { id: 'about' });
  const close = make('button', { type: 'button', className: 'close' }, 'Close', make('kbd', {}, 'Esc'));
  const list = make('ol');
  const rest = make('p', { className: 'rest' });
  const dialog = make(
    'dialog',
    { role: 'alertdialog', 'aria-labelledby': 'title', 'aria-describedby': 'about' },
    make('header', {}, make('div', {}, title, about), close),
    make('div', { className: 'faults', tabindex: '0', role: 'region', 'aria-label': 'Faults' }, list, rest)
  );
  const chip = {
    button: make('button', { type: 'button', className: 'chip', hidden: '' }),
    say(kind, words, press) {
      this.button.dataset.kind = kind;
      this.button.textContent = words;
      this.button.hidden = false;
      this.button.disabled = !press;
      this.button.onclick = press;
      attach();
    },
    hide() {
      this.button.hidden = true;
    },
  };
  root.append(dialog, chip.button);

  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    if (shown) remember(shown);
    settle();
  });

  let current = null;
  let shown = '';

  function attach() {
    if (!host.isConnected) document.documentElement.append(host);
  }

  // Faults that somebody has put aside stay aside while they are the same, on the other pages, too.
  function remember(faults) {
    try {
      sessionStorage.setItem('sitegen-preview', faults);
    } catch {
      // Without storage they come up again on the next page.
    }
  }

  function remembered() {
    try {
      return sessionStorage.getItem('sitegen-preview');
    } catch {
      return null;
    }
  }

  function show(state) {
    current = state;
    if (!state.failing) {
      shown = '';
      remember('');
      dialog.close();
      settle();
      return;
    }
    const faults = JSON.stringify([state.faults, state.more]);
    if (faults !== shown) fill(state);
    shown = faults;
    attach();
    styled.then(() => {
      if (shown !== faults) return;
      if (remembered() !== faults && !dialog.open) dialog.showModal();
      settle();
    });
  }

  function settle() {
    if (!current || dialog.open) chip.hide();
    else if (current.failing) chip.say('error', count(current), () => dialog.showModal());
    else if (current.drafts) chip.say('note', 'Preview with drafts', null);
    else chip.hide();
  }

  function count(state) {
    const errors = state.faults.filter((fault) => fault.severity === 'error').length + state.more;
    const warnings = state.faults.length + state.more - errors;
    const words = (number, word) => (number ? `${number} ${word}${number === 1 ? '' : 's'}` : '');
    return [words(errors, 'error'), words(warnings, 'warning')].filter(Boolean).join(', ');
  }

  function fill(state) {
    title.textContent = count(state);
    about.textContent = state.site
      ? 'The page below is the last good one. This goes away by itself when everything is mended and saved.'
      : 'There is no page to show yet. It appears by itself when everything is mended and saved.';
    list.replaceChildren(...state.faults.map(entry));
    rest.textContent = state.more ? `And ${state.more} more: the terminal lists them all.` : '';
    list.parentElement.scrollTop = 0;
  }

  function entry(fault) {
    const place = fault.path
      ? make('p', { className: 'place' }, make('b', {}, fault.path), `, line ${fault.line}, column ${fault.column}`)
      : null;
    const hint = fault.hint ? make('p', { className: 'hint' }, make('b', {}, 'How to mend it: '), fault.hint) : null;
    const kind = make('span', { className: 'kind' }, fault.severity === 'error' ? 'Error' : 'Warning');
    const more = fault.code
      ? make('p', { className: 'code' }, 'More about it: ', make('code', {}, `sitegen explain ${fault.code}`))
      : null;
    return make(
      'li',
      { className: fault.severity },
      make('h2', {}, kind, ' ', fault.message),
      place,
      fault.excerpt.length ? excerpt(fault) : null,
      hint,
      more
    );
  }

  // The line at fault with carets below it. They stand in a copy of the line's own text, so that they are in the
  // right place in every script and font.
  function excerpt(fault) {
    const lines = fault.excerpt.map((line) => {
      const at = line.marked !== null;
      const number = make('span', { className: 'number', 'aria-hidden': 'true' }, String(line.number));
      const text = make('code');
      if (at) text.append(line.before, make('mark', {}, line.marked || '\u00a0'), line.after || '');
      else text.append(line.before || ' ');
      return make('div', { className: at ? 'line at' : 'line' }, number, text);
    });
    const label = `Line ${fault.line} of ${fault.path}`;
    return make('div', { className: 'excerpt', role: 'group', 'aria-label': label, tabindex: '0' }, ...lines);
  }

  connect();
})();
