/* libxml2 for the comparison: parses and validates files from memory with a schema compiled once.
 *
 *   libxml2_peer SCHEMA    on stdin: lines "add PATH", "sax FIRST COUNT ROUNDS", "dom FIRST COUNT ROUNDS";
 *                          answer to each of the last two: "CPU-SECONDS REFUSED".
 *
 * sax: the fastest way libxml2 has. No tree; the parser context with its dictionary of names is kept from message to message.
 * dom: a tree for each message, validated, freed. */

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

static void quiet(void *context, const char *format, ...) {
    (void)context;
    (void)format;
}

static void quiet_error(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error;
}

/* XML_PARSE_HUGE: as it stands, libxml2 takes no text above ten million bytes. */
enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_HUGE };

static xmlParserCtxtPtr parser;

__attribute__((noinline)) int measured_sax(xmlSchemaValidCtxtPtr validation, struct message message) {
    static xmlSAXHandler nothing = {.initialized = XML_SAX2_MAGIC};
    if (!parser) parser = xmlNewParserCtxt();
    xmlSAXHandlerPtr own = parser->sax, plugged = &nothing;
    void *data = parser;
    xmlSchemaSAXPlugPtr plug = xmlSchemaSAXPlug(validation, &plugged, &data);
    if (!plug) exit(1);
    parser->sax = plugged;
    parser->userData = data;
    xmlDocPtr document = xmlCtxtReadMemory(parser, message.bytes, message.length, NULL, NULL, OPTIONS);
    if (document) xmlFreeDoc(document);
    int refused = !parser->wellFormed || xmlSchemaIsValid(validation) != 1;
    parser->sax = own;
    parser->userData = parser;
    xmlSchemaSAXUnplug(plug);
    return refused;
}

__attribute__((noinline)) int measured_dom(xmlSchemaValidCtxtPtr validation, struct message message) {
    xmlDocPtr document = xmlReadMemory(message.bytes, message.length, NULL, NULL, OPTIONS);
    if (!document) return 1;
    int refused = xmlSchemaValidateDoc(validation, document) != 0;
    xmlFreeDoc(document);
    return refused;
}

int main(int count, char **arguments) {
    if (count != 2) return 1;
    xmlSetGenericErrorFunc(NULL, quiet);
    xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)quiet_error);
    xmlSchemaPtr schema = xmlSchemaParse(xmlSchemaNewParserCtxt(arguments[1]));
    if (!schema) {
        fprintf(stderr, "libxml2 does not compile %s\n", arguments[1]);
        return 1;
    }
    xmlSchemaValidCtxtPtr validation = xmlSchemaNewValidCtxt(schema);
    printf("libxml2 %s\n", xmlParserVersion);
    fflush(stdout);
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        char path[4096];
        int first, number, rounds;
        if (sscanf(line, "add %4095[^\n]", path) == 1) {
            add(path);
            continue;
        }
        int sax = sscanf(line, "sax %d %d %d", &first, &number, &rounds) == 3;
        if (!sax && sscanf(line, "dom %d %d %d", &first, &number, &rounds) != 3) return 1;
        if (first < 0 || number < 0 || first + number > held) return 1;
        int refused = 0;
        double before = cpu_seconds();
        for (int round = 0; round < rounds; round++)
            for (int index = first; index < first + number; index++)
                refused += sax ? measured_sax(validation, messages[index]) : measured_dom(validation, messages[index]);
        printf("%.6f %d\n", cpu_seconds() - before, refused);
        fflush(stdout);
    }
    return 0;
}
