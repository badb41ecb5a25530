import { PasswordInput, TextInput } from '@mantine/core';

/** The name, e-mail address and password of a new account. */
export function NewAccountFields({ faults }: { faults: Record<string, string> }) {
  return (
    <>
      <TextInput label="Your name" name="name" autoComplete="name" error={faults.name} />
      <TextInput
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        error={faults.email}
      />
      <PasswordInput
        label="Password"
        description="At least 12 characters; a few words make a good one."
        name="password"
        autoComplete="new-password"
        error={faults.password}
      />
    </>
  );
}
