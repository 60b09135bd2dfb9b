//! From arguments to the text of a request.
//!
//! | what | where |
//! |---|---|
//! | one value as text, and how each place encodes it | `scalar`, `foreign` (types of other crates), `percent` |
//! | the values of one name: an `Option`, a list | `values` |
//! | names, lists and objects in a query or a form | `spread` |
//! | placeholders | `path`; the whole URL: `url` |
//! | headers and cookies | `header` |
//! | content | `body`, `multipart`, `file`, `field_update` |
//! | what is wrong with an argument | `invalid_argument`, `finite` |

pub(crate) mod body;
mod field_update;
mod file;
mod finite;
mod foreign;
pub(crate) mod header;
mod invalid_argument;
mod multipart;
mod path;
mod percent;
mod scalar;
mod spread;
mod url;
mod values;

#[cfg(feature = "testing")]
pub(crate) use self::body::Object;
pub(crate) use self::body::{BodyParts, ContentType};
pub use self::body::{Encode, NdJson};
pub use self::field_update::FieldUpdate;
pub use self::file::File;
pub(crate) use self::finite::json_text;
pub use self::header::{HeaderArg, HeaderArgs, HeaderLines};
pub(crate) use self::invalid_argument::{InvalidArgument, Reason};
#[cfg(feature = "testing")]
pub(crate) use self::multipart::FormPart;
pub use self::multipart::{Multipart, Part, PartOptions, PartSink, Parts};
pub(crate) use self::path::{PathTemplate, PathWriter, SegmentOptions};
pub use self::path::{RestSink, Segments};
pub(crate) use self::percent::{Component, encode_into as percent_into, has_same_pairs, is_dot_segment};
pub(crate) use self::scalar::Syntax;
pub use self::scalar::{Scalar, Sink};
pub use self::spread::{FormValue, Pairs, Query};
pub use self::url::TargetUrl;
pub use self::values::{QueryValue, Values};
