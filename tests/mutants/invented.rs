//! Small schemas made at random, with what XML Schema has to say about content, so that also those constructs are tried which the
//! national schemas do not use: counted and nested particles, groups, `all`, wildcards, extension and restriction, substitution,
//! nil, abstract, fixed and default values, lists and unions.

use super::mutants::given::Dice;

/// A schema.
pub fn schema(dice: &Dice) -> String {
    let mut inventor = Inventor { dice, names: 0, references: Vec::new() };
    let form = inventor.one_of(&["qualified", "qualified", "unqualified"]);
    let types: String = (0..3).map(|number| inventor.named_type(number)).collect();
    let elements: String = (0..4).map(|number| inventor.global_element(number)).collect();
    let group = format!("<xs:group name=\"G\">{}</xs:group>", inventor.fresh().model("sequence", 1, ""));
    let attributes = inventor.attributes();
    format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:t\" targetNamespace=\"urn:t\" \
         elementFormDefault=\"{form}\">\n{types}{elements}{group}\n<xs:attributeGroup name=\"A\">{attributes}</xs:attributeGroup>\n\
         <xs:attribute name=\"global\" type=\"xs:int\"/>\n{SIMPLE}</xs:schema>\n"
    )
}

const SIMPLE: &str = "\
<xs:simpleType name=\"S0\"><xs:restriction base=\"xs:token\"><xs:enumeration value=\"x\"/><xs:enumeration value=\"tekst\"/></xs:restriction></xs:simpleType>
<xs:simpleType name=\"S1\"><xs:union memberTypes=\"xs:int xs:date t:S0\"/></xs:simpleType>
<xs:simpleType name=\"S2\"><xs:list itemType=\"t:S1\"/></xs:simpleType>
<xs:simpleType name=\"S3\"><xs:restriction base=\"t:S2\"><xs:maxLength value=\"2\"/></xs:restriction></xs:simpleType>
";

struct Inventor<'d> {
    dice: &'d Dice,
    /// How many names were given: mostly each is given once, because a model with the same name twice tends to be ambiguous.
    names: usize,
    /// Global elements that the present content model may still refer to.
    references: Vec<usize>,
}

impl Inventor<'_> {
    fn one_of<'t>(&self, from: &[&'t str]) -> &'t str {
        from[self.dice.below(from.len())]
    }

    fn once_in(&self, of: usize) -> bool {
        self.dice.below(of) == 0
    }

    /// Begins a content model.
    fn fresh(&mut self) -> &mut Self {
        self.references = vec![0, 1, 2, 3];
        self
    }

    fn name(&mut self) -> String {
        if self.names == 0 || !self.once_in(20) {
            self.names += 1;
            return format!("n{}", self.names);
        }
        format!("n{}", 1 + self.dice.below(self.names))
    }

    fn reference(&mut self, occurs: &str) -> String {
        if self.references.is_empty() {
            return self.local_element(occurs);
        }
        let chosen = self.references.swap_remove(self.dice.below(self.references.len()));
        format!("<xs:element ref=\"t:e{chosen}\"{occurs}/>")
    }

    /// How often a model may stand. Counted models are left out: libxml2 needs exponential time for some of them.
    fn model_occurs(&self) -> &'static str {
        self.one_of(&[
            "",
            "",
            "",
            " minOccurs=\"0\"",
            " maxOccurs=\"unbounded\"",
            " minOccurs=\"0\" maxOccurs=\"unbounded\"",
        ])
    }

    fn occurs(&self) -> &'static str {
        let all = [
            "",
            "",
            "",
            " minOccurs=\"0\"",
            " minOccurs=\"0\"",
            " maxOccurs=\"unbounded\"",
            " minOccurs=\"0\" maxOccurs=\"unbounded\"",
            " minOccurs=\"2\" maxOccurs=\"3\"",
            " minOccurs=\"0\" maxOccurs=\"2\"",
            " minOccurs=\"2\" maxOccurs=\"unbounded\"",
        ];
        self.one_of(&all)
    }

    fn model(&mut self, kind: &str, depth: usize, occurs: &str) -> String {
        let particles: String = (0..1 + self.dice.below(4)).map(|_| self.particle(depth)).collect();
        format!("<xs:{kind}{occurs}>{particles}</xs:{kind}>")
    }

    fn particle(&mut self, depth: usize) -> String {
        let occurs = self.occurs();
        match self.dice.below(if depth == 0 { 8 } else { 13 }) {
            0..5 => self.local_element(occurs),
            5 => self.reference(occurs),
            6 if self.once_in(3) => {
                let (namespace, process) = (
                    self.one_of(&["##other", "##other", "##local", "urn:o", "urn:o", "##any"]),
                    self.one_of(&["lax", "skip", "strict"]),
                );
                // libxml2 counts wildcards wrongly, so how often they may stand is not counted here.
                let occurs = self.model_occurs();
                format!("<xs:any namespace=\"{namespace}\" processContents=\"{process}\"{occurs}/>")
            }
            7 if depth > 1 && self.once_in(3) => format!("<xs:group ref=\"t:G\"{}/>", self.model_occurs()),
            6 | 7 => self.local_element(occurs),
            8..11 => self.model("choice", depth - 1, self.model_occurs()),
            _ => self.model("sequence", depth - 1, self.model_occurs()),
        }
    }

    fn local_element(&mut self, occurs: &str) -> String {
        let name = self.name();
        let extra = self.one_of(&[
            "",
            "",
            "",
            "",
            " nillable=\"true\"",
            " default=\"42\"",
            " fixed=\"42\"",
            " form=\"unqualified\"",
        ]);
        let types = if extra.contains("42") {
            ["xs:int", "xs:string", "xs:decimal", "t:S1", "xs:token"]
        } else {
            ["xs:date", "t:T0", "t:S2", "t:T1", "t:S3"]
        };
        match self.dice.below(5) {
            0 if !extra.contains("42") => format!("<xs:element name=\"{name}\"{occurs}/>"),
            _ => format!("<xs:element name=\"{name}\" type=\"{}\"{extra}{occurs}/>", self.one_of(&types)),
        }
    }

    fn attributes(&self) -> String {
        let one = |name: &&str| {
            let how = self.one_of(&["", " use=\"required\"", " use=\"optional\"", " fixed=\"42\"", " default=\"7\""]);
            format!(
                "<xs:attribute name=\"{name}\" type=\"{}\"{how}/>",
                self.one_of(&["xs:int", "xs:string", "xs:token", "t:S1"])
            )
        };
        ["p", "q", "r"].iter().filter(|_| self.once_in(2)).map(one).collect()
    }

    fn attribute_part(&self) -> String {
        match self.dice.below(7) {
            0 => "<xs:attributeGroup ref=\"t:A\"/>".to_string(),
            1 => format!(
                "<xs:anyAttribute namespace=\"{}\" processContents=\"{}\"/>",
                self.one_of(&["##other", "##any", "urn:o"]),
                self.one_of(&["lax", "skip", "strict"])
            ),
            2 => "<xs:attribute ref=\"t:global\"/>".to_string(),
            3 => String::new(),
            _ => self.attributes(),
        }
    }

    fn content(&mut self) -> String {
        let occurs = self.one_of(&["", "", "", " minOccurs=\"0\"", " maxOccurs=\"unbounded\""]);
        self.fresh();
        match self.dice.below(10) {
            0 => {
                let one = |inventor: &mut Self| {
                    let occurs = inventor.one_of(&["", " minOccurs=\"0\""]);
                    inventor.local_element(occurs)
                };
                let members: String = (0..1 + self.dice.below(4)).map(|_| one(self)).collect();
                format!("<xs:all>{members}</xs:all>")
            }
            1 => String::new(),
            2..5 => self.model("choice", 2, occurs),
            _ => self.model("sequence", 2, occurs),
        }
    }

    /// T0 is by itself; T1 may extend T0, T2 may come from T1.
    fn named_type(&mut self, number: usize) -> String {
        let mixed = self.one_of(&["", "", "", " mixed=\"true\""]);
        let is_abstract = if number == 1 && self.once_in(6) { " abstract=\"true\"" } else { "" };
        let block = self.one_of(&["", "", "", "", " block=\"extension\"", " block=\"#all\""]);
        let body = match self.dice.below(4) {
            0 if number > 0 => {
                let occurs = self.model_occurs();
                let model = self.fresh().model("sequence", 1, occurs);
                return format!(
                    "<xs:complexType name=\"T{number}\"><xs:complexContent><xs:extension base=\"t:T{}\">{model}</xs:extension></xs:complexContent></xs:complexType>\n",
                    number - 1
                );
            }
            1 if number == 2 => format!(
                "<xs:simpleContent><xs:extension base=\"{}\">{}</xs:extension></xs:simpleContent>",
                self.one_of(&["xs:int", "t:S1", "xs:string", "xs:date"]),
                self.attribute_part()
            ),
            _ => self.content() + &self.attribute_part(),
        };
        format!("<xs:complexType name=\"T{number}\"{mixed}{is_abstract}{block}>{body}</xs:complexType>\n")
    }

    fn global_element(&mut self, number: usize) -> String {
        let head =
            if number > 0 && self.once_in(4) { format!(" substitutionGroup=\"t:e{}\"", number - 1) } else { String::new() };
        let extra = self.one_of(&["", "", "", " nillable=\"true\"", " abstract=\"true\"", " block=\"substitution\""]);
        if number == 0 {
            let body = self.content() + &self.attribute_part();
            return format!("<xs:element name=\"e0\"><xs:complexType>{body}</xs:complexType></xs:element>\n");
        }
        // Without a type of its own it has that of its head.
        let types = ["t:T0", "t:T1", "t:T2", "xs:date", "t:S1"];
        let own = if head.is_empty() { format!(" type=\"{}\"", self.one_of(&types)) } else { String::new() };
        format!("<xs:element name=\"e{number}\"{own}{extra}{head}/>\n")
    }
}
