// Expands JSON-LD documents in safe mode, which fails where a term would be dropped.
// Run from the npm folder, where the packages are. Reads {contexts: {url: document}, documents: {name: document}}
// and writes {name: null | what is wrong}. No context is fetched: the credentials and Open Badges 3.0 contexts come
// with the document loader, others with the job.
import jsonld from 'jsonld';
import { securityLoader } from '@digitalcredentials/security-document-loader';

// Read as it comes: a pipe that has nothing yet is an error to a read that does not wait.
let input = '';
for await (const part of process.stdin.setEncoding('utf8')) input += part;
const job = JSON.parse(input);
globalThis.fetch = async (url) => { throw new Error(`no network here: ${url}`); };
const bundled = securityLoader().build();
const documentLoader = async (url) =>
  url in job.contexts ? { contextUrl: null, documentUrl: url, document: job.contexts[url] } : bundled(url);

const wrong = {};
for (const [name, document] of Object.entries(job.documents)) {
  try {
    await jsonld.expand(document, { documentLoader, safe: true });
    wrong[name] = null;
  } catch (fault) {
    const event = fault.details?.event;
    wrong[name] = event ? `${event.code} ${JSON.stringify(event.details)}` : String(fault);
  }
}
process.stdout.write(JSON.stringify(wrong));
