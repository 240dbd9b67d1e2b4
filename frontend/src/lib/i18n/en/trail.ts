/** The way through the list that one came from, on the page of a shipment. */
export const trail = {
  list: 'In the list',
  at: 'Number {at} of the list',
  of: '{at} of {total}',
  of_more: '{at} of more than {total}',
  next: 'Next shipment of the list',
  previous: 'Previous shipment of the list',
  next_key: 'Next, J',
  previous_key: 'Previous, K',
} as const;
