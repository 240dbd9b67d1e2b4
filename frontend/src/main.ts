import { mount } from 'svelte';
import './lib/styles/index.css';
import App from './App.svelte';
import { preferences } from './lib/state/preferences.svelte';
import { fontsReady } from './lib/styles/fonts';
import { mountIcons } from './lib/ui/sprite';

preferences.load();
mountIcons();
await fontsReady();
mount(App, { target: document.getElementById('app')! });
