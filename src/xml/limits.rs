//! How much of everything one document may hold. It knows the numbers, not who counts.

/// The bounds of one document. Everything that grows with what a sender writes has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The whole document, in bytes after decoding to UTF-8. Never more than 2 GiB, whatever is set.
    pub document_bytes: usize,
    /// Elements inside each other; the root is the first.
    pub depth_elements: usize,
    /// Attributes of one element, namespace declarations included.
    pub attributes_per_element: usize,
    /// One attribute value as written, in bytes. Schema patterns run over values of this length at most.
    pub attribute_value_bytes: usize,
    /// One run of text between two tags, in bytes: room for a base64 attachment. libxml2, which many receivers read with, takes
    /// no more than ten million unless it is told to; what we let through above that, they would refuse.
    pub text_bytes: usize,
    /// Elements in the whole document.
    pub elements_total: usize,
    /// One name with its prefix, in bytes. Never more than 65,535, whatever is set.
    pub name_bytes: usize,
    /// Namespace declarations in the whole document.
    pub namespace_declarations_total: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 20 * 1024 * 1024,
            depth_elements: 64,
            attributes_per_element: 64,
            attribute_value_bytes: 64 * 1024,
            text_bytes: 10_000_000,
            elements_total: 500_000,
            name_bytes: 256,
            namespace_declarations_total: 1000,
        }
    }
}

/// Which bound was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`Limits::document_bytes`]
    DocumentBytes,
    /// [`Limits::depth_elements`]
    DepthElements,
    /// [`Limits::attributes_per_element`]
    AttributesPerElement,
    /// [`Limits::attribute_value_bytes`]
    AttributeValueBytes,
    /// [`Limits::text_bytes`]
    TextBytes,
    /// [`Limits::elements_total`]
    ElementsTotal,
    /// [`Limits::name_bytes`]
    NameBytes,
    /// [`Limits::namespace_declarations_total`]
    NamespaceDeclarationsTotal,
}

impl Limit {
    /// The name of the field in [`Limits`], as configuration and documentation write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DocumentBytes => "document_bytes",
            Self::DepthElements => "depth_elements",
            Self::AttributesPerElement => "attributes_per_element",
            Self::AttributeValueBytes => "attribute_value_bytes",
            Self::TextBytes => "text_bytes",
            Self::ElementsTotal => "elements_total",
            Self::NameBytes => "name_bytes",
            Self::NamespaceDeclarationsTotal => "namespace_declarations_total",
        }
    }

    /// What the bound counts.
    pub fn unit(self) -> &'static str {
        match self {
            Self::DocumentBytes | Self::AttributeValueBytes | Self::TextBytes | Self::NameBytes => "bytes",
            Self::DepthElements | Self::ElementsTotal => "elements",
            Self::AttributesPerElement => "attributes",
            Self::NamespaceDeclarationsTotal => "declarations",
        }
    }

    /// What the bound counts, in bokmål.
    pub fn unit_nb(self) -> &'static str {
        match self {
            Self::DocumentBytes | Self::AttributeValueBytes | Self::TextBytes | Self::NameBytes => "byte",
            Self::DepthElements | Self::ElementsTotal => "elementer",
            Self::AttributesPerElement => "attributter",
            Self::NamespaceDeclarationsTotal => "deklarasjoner",
        }
    }
}
