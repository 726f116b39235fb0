import { script } from '@bomb.sh/tab';
import { type Argument, localCommand } from '../program/command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const shell: Argument<(typeof SHELLS)[number]> = {
  syntax: '<shell>',
  description: 'the shell that loads it',
  choices: SHELLS,
};

export const completion = localCommand({
  name: 'completion',
  description: 'Print the completion script of a shell.',
  arguments: { shell },
  examples: [
    'tandem completion bash > ~/.local/share/bash-completion/completions/tandem',
    'tandem completion zsh > ~/.zfunc/_tandem',
    'tandem completion fish > ~/.config/fish/completions/tandem.fish',
  ],
  run: async ({ args }) => {
    // prints by itself
    script(args.shell, 'tandem', 'tandem');
    return {};
  },
});
