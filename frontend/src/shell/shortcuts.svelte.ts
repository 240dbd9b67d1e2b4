import { t } from '$lib/i18n';
import { overlays, useCommands, type Command } from '$lib/keys/commands.svelte';
import type { Binding } from '$lib/keys/keymap';
import { useKeys } from '$lib/keys/use.svelte';
import { router } from '$lib/router';
import { preferences, themes } from '$lib/state/preferences.svelte';
import { mainMenu } from './menu';

/** The keys and commands that are the same on every page. */
export function useShellShortcuts(): void {
  useKeys(() => [
    {
      keys: 'ctrl+k',
      label: t('shell.palette_title'),
      group: t('shell.keys_general'),
      always: true,
      run: () => (overlays.palette = !overlays.palette),
    },
    {
      keys: '?',
      label: t('shell.keys_all'),
      group: t('shell.keys_general'),
      always: true,
      run: () => overlays.showKeys(),
    },
    ...mainMenu.flatMap((item, i): Binding[] => {
      const go = {
        label: t('shell.go_to', { page: t(item.label) }),
        group: t('shell.keys_go'),
        run: () => router.go(item.route),
      };
      return [
        { ...go, keys: `g ${item.letter}` },
        { ...go, keys: `alt+${i + 1}` },
      ];
    }),
    {
      keys: 'g d',
      label: t('shell.go_to', { page: t('endofday.title') }),
      group: t('shell.keys_go'),
      run: () => router.go('endOfDay'),
    },
  ]);
  useCommands(() => [...navigation(), ...appearance()]);
}

function navigation(): Command[] {
  return [
    ...mainMenu.map((item) => ({
      id: `go.${item.route}`,
      label: t('shell.go_to', { page: t(item.label) }),
      group: t('shell.keys_go'),
      icon: item.icon,
      keys: `g ${item.letter}`,
      run: () => router.go(item.route),
    })),
    {
      id: 'go.endOfDay',
      label: t('shell.go_to', { page: t('endofday.title') }),
      group: t('shell.keys_go'),
      icon: 'van',
      words: 'manifest close the day collection driver',
      keys: 'g d',
      run: () => router.go('endOfDay'),
    },
  ];
}

function appearance(): Command[] {
  const group = t('shell.commands_appearance');
  return [
    ...themes.map((theme) => ({
      id: `theme.${theme}`,
      label: t('shell.theme_set', { name: t(`shell.theme_${theme}`) }),
      group,
      icon: 'theme' as const,
      words: 'color colour dark light mode',
      run: () => (preferences.theme = theme),
    })),
    ...(['regular', 'compact'] as const).map((density) => ({
      id: `density.${density}`,
      label: t(`shell.density_${density}`),
      group,
      icon: 'rows' as const,
      run: () => (preferences.density = density),
    })),
    { id: 'text.larger', label: t('shell.text_larger'), group, icon: 'text', run: () => preferences.stepFontScale(1) },
    {
      id: 'text.smaller',
      label: t('shell.text_smaller'),
      group,
      icon: 'text',
      run: () => preferences.stepFontScale(-1),
    },
    { id: 'text.reset', label: t('shell.text_reset'), group, icon: 'text', run: () => (preferences.fontScale = 100) },
    {
      id: 'keys',
      label: t('shell.keys_all'),
      group: t('shell.keys_general'),
      icon: 'keyboard',
      keys: '?',
      run: () => overlays.showKeys(),
    },
  ];
}
