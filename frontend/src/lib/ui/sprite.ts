import icons from './icons.svg?raw';

/** Puts the drawn icons into the document, once, so that `<use href="#i-…">` finds them. Call before mounting. */
export function mountIcons(root: HTMLElement = document.body): void {
  if (root.querySelector(':scope > .sprite')) return;
  const holder = document.createElement('div');
  holder.className = 'sprite';
  holder.setAttribute('aria-hidden', 'true');
  holder.innerHTML = icons;
  root.prepend(holder);
}
