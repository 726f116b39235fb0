/** A browser sends none of these for another site's page without a preflight request. Types such as json-patch+json have another meaning. */
const JSON_TYPE = /^application\/(json|vnd\.[a-z0-9!#$&^_.-]+\+json)$/;

const ALLOWED = 'Send application/json, or a vendor type such as application/vnd.example+json, in UTF-8';

/** What is wrong with the header content-type of a JSON body; undefined: nothing. */
export const contentTypeProblem = (header: string | undefined): string | undefined => {
  if (header === undefined || header.trim() === '') return `The header content-type is missing. ${ALLOWED}.`;
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim());
  if (!JSON_TYPE.test(type.toLowerCase())) {
    return `The header content-type is ${JSON.stringify(header.slice(0, 100))}. ${ALLOWED}.`;
  }
  const charset = parameters.map((parameter) => /^charset="?([^"]*)"?$/i.exec(parameter)?.[1]).find(Boolean);
  return charset === undefined || /^utf-?8$/i.test(charset)
    ? undefined
    : `The charset of the header content-type is ${JSON.stringify(charset.slice(0, 50))}. ${ALLOWED}.`;
};
