//! How arguments make up the content of a request.

/// How an argument takes part in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// It is the body.
    Whole(Option<Encoding>),
    /// It is one of the members of the body.
    Piece(Encoding),
}

/// How members make up a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Form,
    Multipart,
}

impl Encoding {
    /// As it is written in `encoding = "…"`.
    pub(crate) const ALL: &[(&str, Self)] =
        &[("json", Self::Json), ("form", Self::Form), ("multipart", Self::Multipart)];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, encoding)| *encoding == self).map_or("", |(name, _)| name)
    }
}

impl Body {
    /// The encoding of the body; `None` where the type decides.
    pub(crate) fn encoding(self) -> Option<Encoding> {
        match self {
            Self::Whole(encoding) => encoding,
            Self::Piece(encoding) => Some(encoding),
        }
    }
}
