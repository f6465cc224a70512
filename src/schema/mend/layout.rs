//! Where the elements of a document stand, and how they stand in each other.

use std::ops::Range;

use super::tag::{Tag, split};
use crate::xml::{Limits, Reader, Start, Watch};

/// An element: its `<`, the `<` of its end tag (the same if it has none), its parent, and the first element behind it.
struct Spot {
    start: usize,
    close: usize,
    parent: Option<usize>,
    behind: usize,
}

/// The elements of a well-formed document, in document order. An element is its number here.
pub(super) struct Layout<'t> {
    pub text: &'t str,
    spots: Vec<Spot>,
}

struct Listing {
    spots: Vec<Spot>,
    open: Vec<usize>,
}

impl Watch for Listing {
    fn start(&mut self, start: Start<'_>) {
        let parent = self.open.last().copied();
        self.open.push(self.spots.len());
        self.spots.push(Spot { start: start.offset(), close: start.offset(), parent, behind: 0 });
    }

    fn text(&mut self, _: &str, _: usize) {}

    fn end(&mut self, offset: usize) {
        let behind = self.spots.len();
        if let Some(spot) = self.open.pop().and_then(|open| self.spots.get_mut(open)) {
            (spot.close, spot.behind) = (offset, behind);
        }
    }
}

impl<'t> Layout<'t> {
    /// `None` when the document is not well-formed.
    pub fn of(text: &'t str, limits: &Limits) -> Option<Self> {
        let mut listing = Listing { spots: Vec::new(), open: Vec::new() };
        match Reader::new(text, *limits).watched(&mut listing) {
            None => Some(Self { text, spots: listing.spots }),
            Some(_) => None,
        }
    }

    /// The element whose start tag begins here.
    pub fn at(&self, offset: usize) -> Option<usize> {
        self.spots.binary_search_by_key(&offset, |spot| spot.start).ok()
    }

    pub fn tag(&self, element: usize) -> Option<Tag> {
        Tag::read(self.text, self.spots[element].start)
    }

    pub fn parent(&self, element: usize) -> Option<usize> {
        self.spots[element].parent
    }

    /// The element and those that it stands in, from the inside.
    pub fn ancestors(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |element| self.parent(*element))
    }

    /// The element and everything inside.
    pub fn inside(&self, element: usize) -> Range<usize> {
        element..self.spots[element].behind
    }

    pub fn children(&self, element: usize) -> impl DoubleEndedIterator<Item = usize> {
        let inside = self.inside(element);
        let mut children = Vec::new();
        let mut at = element + 1;
        while at < inside.end {
            children.push(at);
            at = self.spots[at].behind;
        }
        children.into_iter()
    }

    /// The name in the end tag, if there is an end tag.
    pub fn end_name(&self, element: usize) -> Option<Range<usize>> {
        let Spot { start, close, .. } = self.spots[element];
        let name = self.tag(element)?.name;
        (close > start).then(|| close + 2..close + 2 + name.len())
    }

    /// Everything from the start tag to the end tag.
    pub fn whole(&self, element: usize) -> Option<Range<usize>> {
        let Spot { start, close, .. } = self.spots[element];
        let end = if close > start { close + self.text.get(close..)?.find('>')? + 1 } else { self.tag(element)?.end };
        Some(start..end)
    }

    /// The same with the white space before it, so that no blank line is left.
    pub fn whole_line(&self, element: usize) -> Option<Range<usize>> {
        let whole = self.whole(element)?;
        let before = self.text.get(..whole.start)?.trim_ascii_end().len();
        Some(before..whole.end)
    }

    /// What stands between the tags.
    pub fn content(&self, element: usize) -> Option<Range<usize>> {
        let Spot { start, close, .. } = self.spots[element];
        (close > start).then_some(self.tag(element)?.end..close)
    }

    /// The same if it is plain text: no markup and no references.
    pub fn plain_text(&self, element: usize) -> Option<Range<usize>> {
        self.content(element).filter(|content| !self.text[content.clone()].contains(['<', '&']))
    }

    /// Neither attributes nor anything but white space inside.
    pub fn is_bare(&self, element: usize) -> bool {
        let blank = self.content(element).is_none_or(|content| self.text[content].trim_ascii().is_empty());
        blank && self.tag(element).is_some_and(|tag| tag.attributes.is_empty())
    }

    /// What is declared for a prefix: the element that declares it, and where the namespace is written.
    pub fn declaration(&self, element: usize, prefix: &str) -> Option<Range<usize>> {
        let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        let declared = |element| Some(self.tag(element)?.attribute(self.text, &name)?.value.clone());
        self.ancestors(element).find_map(declared)
    }

    /// A prefix that means a namespace at an element; the empty prefix first.
    pub fn prefix(&self, element: usize, namespace: &str) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        for ancestor in self.ancestors(element) {
            for attribute in self.tag(ancestor).into_iter().flat_map(|tag| tag.attributes) {
                let (xmlns, prefix) = split(&self.text[attribute.name.clone()]);
                let prefix = match (xmlns, prefix) {
                    ("", "xmlns") => "",
                    ("xmlns", prefix) => prefix,
                    _ => continue,
                };
                if self.text[attribute.value.clone()] == *namespace && !found.iter().any(|known| known == prefix) {
                    found.push(prefix.to_owned());
                }
            }
        }
        // A prefix that is declared again further in means something else there.
        found.retain(|prefix| self.declaration(element, prefix).is_some_and(|at| self.text[at] == *namespace));
        found.sort();
        found.into_iter().next()
    }
}
