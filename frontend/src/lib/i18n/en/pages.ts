/** Pages that say what will be there, and what to use meanwhile. */
export const pages = {
  bench_title: 'The bench is not built yet',
  bench_text:
    'Here one scan box will take an order to a printed label, with a verdict to be read from two metres. Until then, create and print labels under Shipments.',
  rules_title: 'Rules are not built yet',
  rules_text:
    'Here rules will choose courier, auth and preset from weight, size, value and destination. Until then, choose the preset for each shipment.',
  to_shipments: 'Open Shipments',
  to_couriers: 'Open Couriers',
} as const;
