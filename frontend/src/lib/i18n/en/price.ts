/** What a label would cost, before it is bought. */
export const price = {
  name: 'Price',
  asking: 'Asking {courier} for the price…',
  days: { one: '{n} day', other: '{n} days' },
  with_days: '{price}, {days}',
  none: '{courier} names no price for this service.',
  failed: 'No price: {reason}',
  again: 'Ask again',
  of_label: 'Price of the label: {price}',
  compare: 'Compare prices',
  compare_title: 'Prices of {courier}',
  compare_about: 'What {courier} would carry this order for, cheapest first. Nothing is bought here.',
  services: 'Service',
  chosen: 'chosen now',
  take: 'Use this service',
  leave: 'Leave it',
} as const;
