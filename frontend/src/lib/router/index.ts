export { router } from './router.svelte';
export { href, match, routes, type Params, type Place, type Query, type RouteName } from './routes';
