import { initialValues, type Field, type FieldValues } from '$lib/form';
import { currencyDigits, formatMoney, formatSize, formatWeight } from '$lib/format';
import { t } from '$lib/i18n';
import type { courier, preset, shipment } from '../../../wailsjs/go/models';
import { unitsText, wholeUnits } from './units';

/** The restrictions as they are typed: kilograms, centimetres, large units of money, lists in one line. */
export interface TypedRules {
  weight_min_g: string;
  weight_max_g: string;
  longest_max_mm: string;
  length_min_mm: string;
  length_max_mm: string;
  width_min_mm: string;
  width_max_mm: string;
  height_min_mm: string;
  height_max_mm: string;
  value_min: string;
  value_max: string;
  currency: string;
  countries: string;
  postcodes: string;
  postcodes_except: string;
}

/** A sample order as it is typed; `number` is an existing shipment's. */
export interface TypedSample {
  number: string;
  country_iso: string;
  postcode: string;
  weight_g: string;
  length_mm: string;
  width_mm: string;
  height_mm: string;
  value: string;
  currency: string;
}

export interface TypedPreset {
  account_id: string;
  name: string;
  dc_service_id: string;
  service_code: string;
  options: FieldValues;
  rules: TypedRules;
  sample: TypedSample;
}

const weights = ['weight_min_g', 'weight_max_g'] as const;
const sides = [
  'longest_max_mm',
  'length_min_mm',
  'length_max_mm',
  'width_min_mm',
  'width_max_mm',
  'height_min_mm',
  'height_max_mm',
] as const;
const values = ['value_min', 'value_max'] as const;

/** What the form starts with: what is kept, or what a new one is like. */
export function typed(of: courier.Descriptor, accountId: string, from?: preset.Preset): TypedPreset {
  const r = from?.rules;
  const kg = (n?: number) => unitsText(n, 3);
  const cm = (n?: number) => unitsText(n, 1);
  const currency = r?.value_max.currency || r?.value_min.currency || 'GBP';
  const money = (n?: number) => unitsText(n, currencyDigits(currency));
  return {
    account_id: accountId,
    name: from?.name ?? '',
    dc_service_id: from?.dc_service_id ?? '',
    service_code: from?.service_code ?? (of.services.length === 1 ? of.services[0]!.code : ''),
    options: initialValues(of.options as Field[], from?.options),
    rules: {
      ...(Object.fromEntries(weights.map((key) => [key, kg(r?.[key])])) as Record<(typeof weights)[number], string>),
      ...(Object.fromEntries(sides.map((key) => [key, cm(r?.[key])])) as Record<(typeof sides)[number], string>),
      value_min: money(r?.value_min.minor),
      value_max: money(r?.value_max.minor),
      currency,
      countries: r?.countries?.join(' ') ?? '',
      postcodes: r?.postcodes?.join(', ') ?? '',
      postcodes_except: r?.postcodes_except?.join(', ') ?? '',
    },
    sample: {
      number: '',
      country_iso: '',
      postcode: '',
      weight_g: '',
      length_mm: '',
      width_mm: '',
      height_mm: '',
      value: '',
      currency,
    },
  };
}

/** What is wrong with what is typed, by path, as far as it can't be sent at all. The program says the rest. */
export function complaints({ rules, sample, ...v }: TypedPreset): Record<string, string> {
  const odd = (text: string, digits: number, sentence: string) =>
    wholeUnits(text, digits) === undefined ? sentence : '';
  const money = (text: string, currency: string) => odd(text, currencyDigits(currency), t('couriers.value_odd'));
  const known = (code: string) => (/^[A-Za-z]{3}$/.test(code.trim()) ? '' : t('couriers.currency_odd'));
  return {
    account_id: v.account_id ? '' : t('couriers.account_missing'),
    name: v.name.trim() ? '' : t('couriers.name_missing'),
    dc_service_id: v.dc_service_id.trim() ? '' : t('couriers.code_missing'),
    service_code: v.service_code ? '' : t('couriers.service_missing'),
    ...Object.fromEntries(weights.map((key) => [`rules.${key}`, odd(rules[key], 3, t('couriers.weight_odd'))])),
    ...Object.fromEntries(sides.map((key) => [`rules.${key}`, odd(rules[key], 1, t('couriers.side_odd'))])),
    ...Object.fromEntries(values.map((key) => [`rules.${key}`, money(rules[key], rules.currency)])),
    'rules.currency': rules.value_min || rules.value_max ? known(rules.currency) : '',
    'sample.number': odd(sample.number, 0, t('couriers.number_odd')),
    'sample.weight_g': odd(sample.weight_g, 3, t('couriers.weight_odd')),
    'sample.length_mm': odd(sample.length_mm, 1, t('couriers.side_odd')),
    'sample.width_mm': odd(sample.width_mm, 1, t('couriers.side_odd')),
    'sample.height_mm': odd(sample.height_mm, 1, t('couriers.side_odd')),
    'sample.value': money(sample.value, sample.currency),
    'sample.currency': sample.value ? known(sample.currency) : '',
  };
}

/** What is sent; `kept` is the one that is edited. */
export function sent(v: TypedPreset, of: courier.Descriptor, kept?: preset.Preset): preset.Preset {
  const { rules } = v;
  const units = (keys: readonly (keyof TypedRules)[], digits: number) =>
    Object.fromEntries(keys.map((key) => [key, wholeUnits(rules[key], digits) ?? 0]));
  return {
    id: kept?.id ?? '',
    version: kept?.version ?? 0,
    number: 0,
    system: false,
    created_ms: 0,
    updated_ms: 0,
    shares: [],
    courier: of.key,
    account_id: v.account_id,
    name: v.name,
    dc_service_id: v.dc_service_id,
    service_code: v.service_code,
    options: Object.fromEntries(Object.entries(v.options).filter(([, value]) => value !== '')),
    rules: {
      ...units(weights, 3),
      ...units(sides, 1),
      value_min: amount(rules.value_min, rules.currency),
      value_max: amount(rules.value_max, rules.currency),
      countries: rules.countries
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
      postcodes: areas(rules.postcodes),
      postcodes_except: areas(rules.postcodes_except),
    },
  };
}

export function sentSample({ sample: s }: TypedPreset, existing: boolean): shipment.Sample {
  const units = (text: string, digits: number) => (existing ? 0 : (wholeUnits(text, digits) ?? 0));
  return {
    number: existing ? (wholeUnits(s.number, 0) ?? 0) : 0,
    country_iso: s.country_iso.trim().toUpperCase(),
    postcode: s.postcode.trim().toUpperCase(),
    weight_g: units(s.weight_g, 3),
    length_mm: units(s.length_mm, 1),
    width_mm: units(s.width_mm, 1),
    height_mm: units(s.height_mm, 1),
    value: existing ? { minor: 0, currency: '' } : amount(s.value, s.currency),
  };
}

function amount(text: string, code: string) {
  const currency = code.trim().toUpperCase();
  if (!text.trim()) return { minor: 0, currency: '' };
  return { minor: wholeUnits(text, currencyDigits(currency)) ?? 0, currency };
}

const areas = (text: string) =>
  text
    .split(/[,;\n]+/)
    .map((area) => area.trim())
    .filter(Boolean);

/** The restrictions in few words, one part each; none is an empty list. */
export function rulesInWords(r: preset.Rules): string[] {
  const kg = (n?: number) => (n ? formatWeight(n) : '');
  const cm = (n?: number) => (n ? formatSize(n) : '');
  const money = ({ minor, currency }: preset.Rules['value_min']) => (minor ? formatMoney(minor, currency) : '');
  const side = (name: string, low?: number, high?: number) => named(name, range(cm(low), cm(high)));
  return [
    range(kg(r.weight_min_g), kg(r.weight_max_g)),
    side(t('couriers.any_side'), 0, r.longest_max_mm),
    side(t('couriers.side_length'), r.length_min_mm, r.length_max_mm),
    side(t('couriers.side_width'), r.width_min_mm, r.width_max_mm),
    side(t('couriers.side_height'), r.height_min_mm, r.height_max_mm),
    named(t('couriers.worth'), range(money(r.value_min), money(r.value_max))),
    r.countries?.join(', ') ?? '',
    r.postcodes?.length ? t('couriers.to_postcodes', { list: r.postcodes.join(', ') }) : '',
    r.postcodes_except?.length ? t('couriers.not_to_postcodes', { list: r.postcodes_except.join(', ') }) : '',
  ].filter(Boolean);
}

function range(low: string, high: string): string {
  if (low && high) return t('couriers.between', { low, high });
  if (low) return t('couriers.from', { low });
  return high && t('couriers.up_to', { high });
}

const named = (name: string, words: string) => words && `${name} ${words}`;
