//! A well-formed document as places in its text: where every tag, attribute and value stands, so that a mutator changes one thing
//! and knows where. It knows nothing of namespaces and schemas, and trusts that the project's own reader took the document.

use std::ops::Range;

/// The elements of a document in document order; the first is the root.
pub struct Outline<'a> {
    pub text: &'a str,
    pub elements: Vec<Element>,
}

/// One element, as byte ranges.
#[derive(Clone, Debug)]
pub struct Element {
    /// The start tag, from `<` to behind `>`.
    pub start: Range<usize>,
    /// The name in the start tag, with its prefix.
    pub name: Range<usize>,
    /// The end tag; `None` when the start tag is also the end.
    pub end: Option<Range<usize>>,
    pub attributes: Vec<Attribute>,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// Whether more than white space stands directly in it.
    pub has_text: bool,
}

/// One attribute or namespace declaration.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// With the white space before it.
    pub whole: Range<usize>,
    pub name: Range<usize>,
    /// What is between the quotes.
    pub value: Range<usize>,
}

impl<'a> Outline<'a> {
    /// Looks at a document that has been read without trouble.
    pub fn of(text: &'a str) -> Self {
        let mut outline = Self { text, elements: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find('<') {
            let tag = at + found;
            if let Some(&inside) = open.last() {
                outline.elements[inside].has_text |= !is_blank(&text[at..tag]);
            }
            at = match text.as_bytes()[tag + 1] {
                b'?' => behind(text, tag, "?>"),
                b'!' if text[tag..].starts_with("<!--") => behind(text, tag + 4, "-->"),
                b'!' => {
                    let end = behind(text, tag, "]]>");
                    if let Some(&inside) = open.last() {
                        outline.elements[inside].has_text |= !is_blank(&text[tag + 9..end - 3]);
                    }
                    end
                }
                b'/' => {
                    let end = behind(text, tag, ">");
                    let closed = open.pop().expect("well-formed");
                    outline.elements[closed].end = Some(tag..end);
                    end
                }
                _ => outline.begin(tag, &mut open),
            };
        }
        outline
    }

    fn begin(&mut self, tag: usize, open: &mut Vec<usize>) -> usize {
        let (name, attributes, end) = start_tag(self.text, tag);
        let index = self.elements.len();
        let parent = open.last().copied();
        if let Some(parent) = parent {
            self.elements[parent].children.push(index);
        }
        let is_empty = self.text[..end].ends_with("/>");
        self.elements.push(Element {
            start: tag..end,
            name,
            end: None,
            attributes,
            parent,
            children: Vec::new(),
            has_text: false,
        });
        if !is_empty {
            open.push(index);
        }
        end
    }

    pub fn root(&self) -> &Element {
        &self.elements[0]
    }

    pub fn str(&self, range: &Range<usize>) -> &'a str {
        &self.text[range.clone()]
    }

    pub fn parent(&self, element: &Element) -> Option<&Element> {
        element.parent.map(|index| &self.elements[index])
    }

    /// The sibling elements behind it.
    pub fn next_sibling(&self, index: usize) -> Option<&Element> {
        let siblings = &self.parent(&self.elements[index])?.children;
        let own = siblings.iter().position(|sibling| *sibling == index)?;
        siblings.get(own + 1).map(|next| &self.elements[*next])
    }
}

impl Element {
    /// From the first byte to behind the last.
    pub fn whole(&self) -> Range<usize> {
        self.start.start..self.end.as_ref().map_or(self.start.end, |end| end.end)
    }

    /// What is between the tags.
    pub fn content(&self) -> Option<Range<usize>> {
        self.end.as_ref().map(|end| self.start.end..end.start)
    }

    /// Where the element is over: its end tag, or its start tag when that is both.
    pub fn close(&self) -> usize {
        self.end.as_ref().map_or(self.start.start, |end| end.start)
    }

    /// Text and no elements.
    pub fn is_leaf(&self) -> bool {
        self.children.is_empty() && self.has_text
    }

    /// Elements and no text.
    pub fn is_structure(&self) -> bool {
        !self.children.is_empty() && !self.has_text
    }

    /// Neither.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty() && !self.has_text
    }
}

fn start_tag(text: &str, tag: usize) -> (Range<usize>, Vec<Attribute>, usize) {
    let bytes = text.as_bytes();
    let name_end =
        tag + 1 + text[tag + 1..].find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).expect("well-formed");
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        let begin = at;
        while bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        match bytes[at] {
            b'>' => return (tag + 1..name_end, attributes, at + 1),
            b'/' => return (tag + 1..name_end, attributes, at + 2),
            _ => {}
        }
        let equals = at + text[at..].find('=').expect("well-formed");
        let quote = equals + text[equals..].find(['"', '\'']).expect("well-formed");
        let close = quote + 1 + text[quote + 1..].find(char::from(bytes[quote])).expect("well-formed");
        let name = at..at + text[at..equals].trim_end().len();
        attributes.push(Attribute { whole: begin..close + 1, name, value: quote + 1..close });
        at = close + 1;
    }
}

fn behind(text: &str, from: usize, ending: &str) -> usize {
    from + text[from..].find(ending).expect("well-formed") + ending.len()
}

pub fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// The same document with every element of a structure on a line of its own, so that a line says which one is meant; and without
/// an encoding in its declaration, because mutants are UTF-8.
pub fn pretty(text: &str) -> String {
    let outline = Outline::of(text);
    let mut breaks: Vec<usize> = Vec::new();
    for parent in outline.elements.iter().filter(|element| element.is_structure()) {
        let places = parent.children.iter().map(|child| outline.elements[*child].start.start).chain([parent.close()]);
        let shares_a_line = |place: &usize| !text[..*place].trim_end_matches([' ', '\t']).ends_with('\n');
        breaks.extend(places.filter(shares_a_line));
    }
    breaks.sort_unstable();
    let mut pretty = String::with_capacity(text.len() + breaks.len());
    let mut at = 0;
    for place in breaks {
        pretty += &text[at..place];
        pretty.push('\n');
        at = place;
    }
    pretty += &text[at..];
    without_encoding(pretty)
}

fn without_encoding(text: String) -> String {
    let declaration = if text.starts_with("<?xml ") { behind(&text, 0, "?>") } else { 0 };
    let Some(at) = text[..declaration].find(" encoding") else { return text };
    let quote = at + text[at..].find(['"', '\'']).expect("well-formed");
    let end = quote + 1 + text[quote + 1..].find(char::from(text.as_bytes()[quote])).expect("well-formed") + 1;
    text[..at].to_string() + &text[end..]
}
