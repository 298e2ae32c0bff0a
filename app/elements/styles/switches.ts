import { css } from 'lit';

/** Checkboxes with the role of a switch. */
export const switches = css`
  /* A switch: what it says is in its label, how it stands in its knob. */
  [role='switch'] {
    appearance: none;
    flex: none;
    position: relative;
    width: 52px;
    height: 32px;
    margin: 0;
    border: 2px solid var(--quiet);
    border-radius: 16px;
    background: var(--sunken);
    cursor: pointer;
    transition: background-color 0.15s;
  }
  [role='switch']::before {
    content: '';
    position: absolute;
    top: 4px;
    left: 4px;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    background: var(--quiet);
    transition: transform 0.15s;
  }
  [role='switch']:checked {
    border-color: var(--accent);
    background: var(--accent);
  }
  [role='switch']:checked::before {
    background: var(--on-accent);
    transform: translateX(20px);
  }
  [role='switch']:disabled {
    cursor: default;
    opacity: 0.5;
  }
  [role='switch']:focus-visible {
    border-radius: 16px;
  }
  label {
    cursor: pointer;
  }
  @media (forced-colors: active) {
    [role='switch']::before {
      background: ButtonText;
    }
    [role='switch']:checked::before {
      background: Highlight;
    }
  }
`;
