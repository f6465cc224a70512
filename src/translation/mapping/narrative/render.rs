//! The narrative of an element, by the rows of its type, in one pass.

use super::heading::heading;
use super::markup::markup;
use super::text::{Listed, escape, is_blank};
use super::values::{self, is_name, value};
use crate::translation::mapping::draft::{Object, Space};
use crate::translation::mapping::labels::label;
use crate::translation::mapping::program::{Kind, Leaf, Program, Row, Way};
use crate::xml::Node;
use std::borrow::Cow;
use std::ops::Range;

/// As much as most narratives take.
const NARRATIVE_BYTES: usize = 1024;
/// A table that is wider is no help.
const COLUMNS_MAX: usize = 6;

/// `Narrative` of an element. Sections inside have narratives of their own and are left out; none where nothing else is in it.
pub(in crate::translation::mapping) fn narrative<'t>(
    node: Node<'t>,
    of: usize,
    program: &Program,
    space: &'t Space,
) -> Option<Object<'t>> {
    let mut out = String::with_capacity(NARRATIVE_BYTES);
    out.push_str("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    let before = out.len();
    heading(node, &mut out);
    let (mut is_list, page) = (false, Page { program });
    page.content(node, of, &mut is_list, &mut out);
    close_list(&mut is_list, &mut out);
    if out.len() == before {
        if page.rows(of).iter().any(|row| matches!(row.way, Way::Section | Way::SharedSection(_)))
            && node.children().next().is_some()
        {
            return None;
        }
        return Some(no_narrative(space));
    }
    out.push_str("</div>");
    Some(generated(&out, space))
}

/// `Narrative` of an element in which nothing is to be read.
pub(in crate::translation::mapping) fn no_narrative(space: &Space) -> Object<'_> {
    generated("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ingen opplysninger</p></div>", space)
}

fn generated<'t>(div: &str, space: &'t Space) -> Object<'t> {
    space.object().with("status", "generated").with("div", space.concat(&[div]))
}

struct Page<'p> {
    program: &'p Program,
}

fn close_list(is_list: &mut bool, out: &mut String) {
    if std::mem::take(is_list) {
        out.push_str("</ul>");
    }
}

fn open_list(is_list: &mut bool, out: &mut String) {
    if !std::mem::replace(is_list, true) {
        out.push_str("<ul>");
    }
}

impl<'p> Page<'p> {
    fn rows(&self, of: usize) -> &'p [Row] {
        &self.program.of_type(of).rows
    }

    /// The row of an element; most come in the order of the rows, from `next` on.
    fn row(&self, of: usize, local: &str, next: &mut usize) -> Option<&'p Row> {
        let kind = self.program.of_type(of);
        kind.row_of(local, next, |_| true).map(|at| &kind.rows[at])
    }

    /// Everything in an element, as items of a list; tables and long texts stand between lists.
    fn content(&self, node: Node<'_>, of: usize, is_list: &mut bool, out: &mut String) {
        let kind = self.program.of_type(of);
        if kind.has_names {
            item(Called::Label("Navn"), |out| values::name(node, out), is_list, out);
        }
        let is_headed = kind.has_headings && headed(node, is_list, out);
        let (mut children, mut next) = (node.children().peekable(), 0);
        while let Some(child) = children.next() {
            let local = child.local();
            let Some(row) = self.row(of, local, &mut next).filter(|row| is_read(row)) else { continue };
            if is_name(local) || is_headed && matches!(local, "Overskriftskode" | "Notat") {
                continue;
            }
            match row.kind {
                Kind::Inside(inner) => {
                    let Some(second) = children.next_if(|next| next.local() == local) else {
                        self.group(row, inner, child, is_list, out);
                        continue;
                    };
                    let mut all = vec![child, second];
                    while let Some(next) = children.next_if(|next| next.local() == local) {
                        all.push(next);
                    }
                    self.groups(row, inner, &all, is_list, out);
                }
                Kind::Leaf(leaf) if !row.more.is_empty() => {
                    // The value of several elements is read where the first of them stands.
                    while children.next_if(|next| row.names(next.local())).is_some() {}
                    item(Called::of(leaf, node, label("Ident")), |out| value(leaf, node, out), is_list, out);
                }
                Kind::Leaf(Leaf::Any) if child.children().next().is_some() => {
                    close_list(is_list, out);
                    out.extend(["<p><b>", row.label, "</b></p><div>"]);
                    markup(child, out);
                    out.push_str("</div>");
                }
                Kind::Leaf(leaf) => self.leaf(child, leaf, row.label, is_list, out),
                Kind::Fixed(_) | Kind::Usual(_) | Kind::Dropped | Kind::Opaque | Kind::Content => {}
            }
        }
    }

    /// A text of several lines, or a long one, is a paragraph.
    fn leaf(&self, node: Node<'_>, leaf: Leaf, label: &'static str, is_list: &mut bool, out: &mut String) {
        const LONG_BYTES: usize = 120;
        if matches!(leaf, Leaf::Text | Leaf::Any) {
            let text = node.text();
            if text.len() > LONG_BYTES || text.trim().contains('\n') {
                close_list(is_list, out);
                out.extend(["<p><b>", label, ":</b><br/>"]);
                escape(&text, out);
                return out.push_str("</p>");
            }
        }
        item(Called::of(leaf, node, label), |out| value(leaf, node, out), is_list, out);
    }

    /// Elements of one name beside each other: a table, where that helps.
    fn groups(&self, row: &Row, of: usize, all: &[Node<'_>], is_list: &mut bool, out: &mut String) {
        if !self.table(row, of, all, is_list, out) {
            all.iter().for_each(|node| self.group(row, of, *node, is_list, out));
        }
    }

    /// A list inside the list.
    fn group(&self, row: &Row, of: usize, node: Node<'_>, is_list: &mut bool, out: &mut String) {
        let (before, was_list) = (out.len(), *is_list);
        open_list(is_list, out);
        out.extend(["<li><b>", row.label, "</b>"]);
        let start = out.len();
        let mut inner = false;
        self.content(node, of, &mut inner, out);
        close_list(&mut inner, out);
        if out.len() == start {
            out.truncate(before);
            *is_list = was_list;
        } else {
            out.push_str("</li>");
        }
    }

    fn table(&self, row: &Row, of: usize, all: &[Node<'_>], is_list: &mut bool, out: &mut String) -> bool {
        let mut table = Table::default();
        for (line, node) in all.iter().enumerate() {
            self.values(*node, of, &mut |called, write| table.add(line, called, write));
        }
        if table.columns.is_empty() || table.columns.len() > COLUMNS_MAX {
            return false;
        }
        close_list(is_list, out);
        out.extend(["<table><caption>", row.label, "</caption>"]);
        table.write(all.len(), out);
        out.push_str("</table>");
        true
    }

    /// What an element is called in which there is a value, and what writes it, for each value directly in an element.
    fn values(&self, node: Node<'_>, of: usize, take: &mut Take<'_>) {
        if self.program.of_type(of).has_names {
            take(Called::Label("Navn"), &mut |out| values::name(node, out));
        }
        let (mut seen, mut next): (Option<&str>, usize) = (None, 0);
        for child in node.children() {
            let local = child.local();
            let Some(row) = self.row(of, local, &mut next).filter(|row| is_read(row) && !is_name(local)) else { continue };
            match row.kind {
                Kind::Leaf(_) if seen == Some(row.local) && !row.more.is_empty() => {}
                Kind::Leaf(leaf) if !row.more.is_empty() => {
                    take(Called::of(leaf, node, label("Ident")), &mut |out| value(leaf, node, out));
                }
                Kind::Leaf(Leaf::Any) => take(Called::Label(row.label), &mut |out| all_text(child, out)),
                Kind::Leaf(leaf) => take(Called::of(leaf, child, row.label), &mut |out| value(leaf, child, out)),
                Kind::Inside(inner) => take(Called::Label(row.label), &mut |out| self.in_one_line(child, inner, out)),
                Kind::Fixed(_) | Kind::Usual(_) | Kind::Dropped | Kind::Opaque | Kind::Content => {}
            }
            seen = Some(row.local);
        }
    }

    /// The values of an element with their labels.
    fn in_one_line(&self, node: Node<'_>, of: usize, out: &mut String) {
        let start = out.len();
        self.values(node, of, &mut |called, write| {
            let before = out.len();
            out.push_str(if before > start { "; " } else { "" });
            if !labelled(called, write, out) {
                out.truncate(before);
            }
        });
    }
}

/// Takes a value: what it is called, and what writes it.
type Take<'t> = dyn FnMut(Called<'_>, &mut dyn FnMut(&mut String)) + 't;

/// What a value is called.
#[derive(Clone, Copy)]
enum Called<'t> {
    Label(&'static str),
    /// An id, by its kind.
    Kind(Node<'t>),
}

impl<'t> Called<'t> {
    /// An id is called by its kind, anything else by its element.
    fn of(leaf: Leaf, node: Node<'t>, label: &'static str) -> Self {
        if matches!(leaf, Leaf::Identifier(_)) { Self::Kind(node) } else { Self::Label(label) }
    }

    fn write(self, out: &mut String) {
        match self {
            Self::Label(label) => out.push_str(label),
            Self::Kind(node) => values::kind_of_id(node, out),
        }
    }
}

/// The cells of a table, as they are found.
#[derive(Default)]
struct Table {
    columns: Vec<Cow<'static, str>>,
    /// Line, column, and where the cell stands in the text.
    cells: Vec<(usize, usize, Range<usize>)>,
    text: String,
}

impl Table {
    fn add(&mut self, line: usize, called: Called<'_>, write: &mut dyn FnMut(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        if is_blank(&self.text[start..]) {
            return self.text.truncate(start);
        }
        let column = self.column(called);
        self.cells.push((line, column, start..self.text.len()));
    }

    fn column(&mut self, called: Called<'_>) -> usize {
        let name = match called {
            Called::Label(label) => Cow::Borrowed(label),
            Called::Kind(_) => {
                let mut name = String::new();
                called.write(&mut name);
                Cow::Owned(name)
            }
        };
        self.columns.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.columns.push(name);
            self.columns.len() - 1
        })
    }

    fn write(&self, lines: usize, out: &mut String) {
        out.push_str("<tr>");
        self.columns.iter().for_each(|name| out.extend(["<th>", name, "</th>"]));
        out.push_str("</tr>");
        let mut cells = self.cells.as_slice();
        for line in 0..lines {
            let (of_line, rest) = cells.split_at(cells.partition_point(|(at, ..)| *at == line));
            cells = rest;
            out.push_str("<tr>");
            for column in 0..self.columns.len() {
                out.push_str("<td>");
                let mut listed = Listed::new(out);
                for (_, _, cell) in of_line.iter().filter(|(_, at, _)| *at == column) {
                    listed.add(|out| out.push_str(&self.text[cell.clone()]));
                }
                out.push_str("</td>");
            }
            out.push_str("</tr>");
        }
    }
}

/// All text, without its markup.
fn all_text(node: Node<'_>, out: &mut String) {
    let texts: Vec<Cow<'_, str>> = node.descendants().map(Node::text).collect();
    escape(&texts.join(" "), out);
}

/// A text of a record under its heading; false where it has none.
fn headed(node: Node<'_>, is_list: &mut bool, out: &mut String) -> bool {
    let (Some(heading), Some(text)) = (values::part(node, "Overskriftskode"), values::part(node, "Notat")) else {
        return false;
    };
    let (mut over, mut under) = (String::new(), String::new());
    values::code(heading, None, &mut over);
    escape(&text.text(), &mut under);
    if !(over.is_empty() && under.is_empty()) {
        close_list(is_list, out);
        out.extend(["<p><b>", &*over, "</b><br/>", &*under, "</p>"]);
    }
    true
}

fn item(called: Called<'_>, value: impl FnOnce(&mut String), is_list: &mut bool, out: &mut String) {
    let (before, was_list) = (out.len(), *is_list);
    open_list(is_list, out);
    out.push_str("<li>");
    if labelled(called, value, out) {
        out.push_str("</li>");
    } else {
        out.truncate(before);
        *is_list = was_list;
    }
}

/// Writes a value behind what it is called; whether there is one to be read.
fn labelled(called: Called<'_>, value: impl FnOnce(&mut String), out: &mut String) -> bool {
    called.write(out);
    out.push_str(": ");
    let start = out.len();
    value(out);
    !is_blank(&out[start..])
}

/// Sections have narratives of their own.
fn is_read(row: &Row) -> bool {
    !matches!(row.way, Way::Section)
}
