import { render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import DescriptorForm from './DescriptorForm.svelte';
import { initialValues, type Field } from './descriptor';

const fields: Field[] = [
  { key: 'user', label: 'User name', kind: 'text', required: true, min_length: 3, where: 'Top of any invoice.' },
  { key: 'secret', label: 'Secret', kind: 'secret', required: true },
  { key: 'signed', label: 'Signature', kind: 'bool', required: true },
  { key: 'range', label: 'First number', kind: 'number', required: false, default: '1000' },
];

const type = (label: string, text: string) => {
  const input = screen.getByLabelText<HTMLInputElement>(label, { selector: 'input' });
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return input;
};

describe('initial values', () => {
  it('take what is kept, then the default', () => {
    expect(initialValues(fields, { user: 'dock' })).toEqual({
      user: 'dock',
      secret: '',
      signed: 'false',
      range: '1000',
    });
  });
});

describe('a form from descriptors', () => {
  it('draws a control of each kind, named by its path', () => {
    render(DescriptorForm, { fields, values: initialValues(fields), prefix: 'fields.' });
    expect(screen.getByLabelText('User name')).toHaveAttribute('name', 'fields.user');
    expect(screen.getByLabelText('User name')).toHaveAccessibleDescription('Top of any invoice.');
    expect(screen.getByLabelText('Secret', { selector: 'input' })).toHaveAttribute('type', 'password');
    expect(screen.getByRole('switch', { name: /Signature/ })).toHaveAttribute('aria-checked', 'false');
    expect(screen.getByLabelText(/First number/)).toHaveValue('1000');
  });

  it('complains once a field was left, then at each key', async () => {
    render(DescriptorForm, { fields, values: initialValues(fields) });
    const input = type('User name', 'ab');
    await waitFor(() => expect(input).not.toHaveAttribute('aria-invalid'));
    input.dispatchEvent(new FocusEvent('blur'));
    await waitFor(() => expect(input).toHaveAccessibleDescription('User name has 2 characters and needs at least 3.'));
    expect(input).toHaveAttribute('aria-invalid', 'true');
    type('User name', 'abc');
    await waitFor(() => expect(input).not.toHaveAttribute('aria-invalid'));
  });

  it('complains once the typing pauses', async () => {
    vi.useFakeTimers();
    render(DescriptorForm, { fields, values: initialValues(fields) });
    const input = type('User name', 'ab');
    await vi.advanceTimersByTimeAsync(700);
    expect(input).not.toHaveAttribute('aria-invalid');
    await vi.advanceTimersByTimeAsync(200);
    expect(input).toHaveAttribute('aria-invalid', 'true');
    vi.useRealTimers();
  });

  it('masks a kept secret, reveals it, and lets it be replaced or left as it is', async () => {
    const reveal = vi.fn().mockResolvedValue('open sesame');
    render(DescriptorForm, { fields, values: initialValues(fields), kept: { values: { secret: '••••same' }, reveal } });
    expect(screen.getByRole('group', { name: 'Secret' })).toHaveTextContent('same');
    expect(screen.queryByRole('button', { name: 'Remove: Secret' })).toBeNull();
    screen.getByRole('button', { name: 'Reveal Secret' }).click();
    await screen.findByText('open sesame');
    expect(reveal).toHaveBeenCalledExactlyOnceWith('secret');
    screen.getByRole('button', { name: 'Replace: Secret' }).click();
    expect(await screen.findByLabelText('Secret', { selector: 'input' })).toHaveValue('');
    screen.getByRole('button', { name: 'Keep the old one' }).click();
    await screen.findByRole('group', { name: 'Secret' });
  });

  it('removes a kept secret that is optional, and takes that back', async () => {
    const optional = fields.map((f) => ({ ...f, required: false }));
    const kept = { values: { secret: '••••' }, reveal: () => Promise.resolve('') };
    render(DescriptorForm, { fields: optional, values: initialValues(optional), kept });
    screen.getByRole('button', { name: 'Remove: Secret' }).click();
    await screen.findByText('Removed when you save.');
    screen.getByRole('button', { name: 'Keep the old one' }).click();
    await screen.findByRole('button', { name: 'Reveal Secret' });
  });

  it("puts the server's sentence first", () => {
    render(DescriptorForm, {
      fields,
      values: initialValues(fields),
      error: (key) => (key === 'user' ? 'This login is not known.' : undefined),
    });
    expect(screen.getByLabelText('User name')).toHaveAccessibleDescription('This login is not known.');
  });
});
