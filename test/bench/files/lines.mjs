// @ts-check
import { createInterface } from 'node:readline';

/**
 * Answers each line of standard input, `{"what": …}` in JSON, by a line.
 * @param {Record<string, (question: any) => Promise<object>>} answers
 */
export async function answerLines(answers) {
  for await (const line of createInterface(process.stdin)) {
    const { what, ...question } = JSON.parse(line);
    console.log(JSON.stringify(await answers[what]?.(question)));
  }
}
