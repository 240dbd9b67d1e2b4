import { mount } from 'svelte';
import '$lib/styles/index.css';
import { preferences, themes } from '$lib/state/preferences.svelte';
import { mountIcons } from '$lib/ui';
import Gallery from './Gallery.svelte';

preferences.load();
const asked = new URLSearchParams(location.search).get('theme');
preferences.theme = themes.find((theme) => theme === asked) ?? 'light';
mountIcons();
mount(Gallery, { target: document.getElementById('app')! });
