/** What was answered, and when: ms since 1970. */
export interface CachedAnswer {
  body: string;
  at: number;
}

/** Keeps answers by question, those that were used last, up to so many signs in all. */
export class AnswerCache {
  private readonly answers = new Map<string, CachedAnswer>();
  private readonly limitLength: number;
  private length = 0;

  constructor(limitLength: number) {
    this.limitLength = limitLength;
  }

  get(question: string): CachedAnswer | undefined {
    const answer = this.answers.get(question);
    // Put back at the end: a Map keeps its order, so its first key is the one not used for longest.
    if (answer && this.answers.delete(question)) this.answers.set(question, answer);
    return answer;
  }

  set(question: string, answer: CachedAnswer): void {
    this.remove(question);
    this.answers.set(question, answer);
    this.length += question.length + answer.body.length;
    for (const oldest of this.answers.keys()) {
      if (this.length <= this.limitLength) break;
      this.remove(oldest);
    }
  }

  private remove(question: string): void {
    const answer = this.answers.get(question);
    if (!answer) return;
    this.answers.delete(question);
    this.length -= question.length + answer.body.length;
  }
}
