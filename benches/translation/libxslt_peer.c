/* libxslt for the comparison: transforms files from memory with a stylesheet compiled once.
 *
 *   libxslt_peer STYLESHEET    on stdin: lines "add PATH", "xslt FIRST COUNT ROUNDS";
 *                              answer to the last: "CPU-SECONDS BYTES-WRITTEN", -1 bytes when a message was not transformed.
 *
 * Each time: parsed to a tree, transformed, written as text, freed. */

#include <libxml/parser.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

static int transformed(xsltStylesheetPtr sheet, struct message message) {
    xmlDocPtr document = xmlReadMemory(message.bytes, message.length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    if (!document) return -1;
    xsltTransformContextPtr context = xsltNewTransformContext(sheet, document);
    xmlDocPtr result = xsltApplyStylesheetUser(sheet, document, NULL, NULL, NULL, context);
    xmlChar *text = NULL;
    int length = -1;
    if (result && context->state == XSLT_STATE_OK && xsltSaveResultToString(&text, &length, result, sheet) < 0) length = -1;
    xmlFree(text);
    if (result) xmlFreeDoc(result);
    xsltFreeTransformContext(context);
    xmlFreeDoc(document);
    return length;
}

int main(int count, char **arguments) {
    if (count != 2) return 1;
    xsltStylesheetPtr sheet = xsltParseStylesheetFile((const xmlChar *)arguments[1]);
    if (!sheet) {
        fprintf(stderr, "libxslt does not compile %s\n", arguments[1]);
        return 1;
    }
    printf("libxslt %s\n", xsltEngineVersion);
    fflush(stdout);
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        char path[4096];
        int first, number, rounds;
        if (sscanf(line, "add %4095[^\n]", path) == 1) {
            add(path);
            continue;
        }
        if (sscanf(line, "xslt %d %d %d", &first, &number, &rounds) != 3) return 1;
        if (first < 0 || number < 0 || first + number > held) return 1;
        long long written = 0;
        double before = cpu_seconds();
        for (int round = 0; round < rounds; round++)
            for (int index = first; index < first + number && written >= 0; index++) {
                int length = transformed(sheet, messages[index]);
                written = length < 0 ? -1 : written + length;
            }
        printf("%.6f %lld\n", cpu_seconds() - before, written);
        fflush(stdout);
    }
    return 0;
}
