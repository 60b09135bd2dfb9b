//! Reads a template when the program runs, by the grammar of `#[api]`: `macros/codegen` reads it with places and advice, and a
//! test holds both to the same list of templates.

use std::sync::{Mutex, PoisonError};

use http::Method;

use crate::encode::is_dot_segment;
use crate::endpoint::{Endpoint, EndpointDeclaration, Parameter, ParameterDeclaration, Role};

/// What makes an endpoint: its template, its method, and whether it is declared idempotent.
type Identity = (&'static str, &'static str, bool);

/// The endpoint of a template, made once for the program. A template is a `&'static str`, so there are few of them.
pub(super) fn endpoint(
    method: &Method,
    template: &'static str,
    idempotent: bool,
) -> Result<&'static Endpoint, &'static str> {
    // In the order of the identities.
    static KNOWN: Mutex<Vec<(Identity, &'static Endpoint)>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let identity = (template, method.as_str(), idempotent);
    let place = match known.binary_search_by(|(known, _)| known.cmp(&identity)) {
        Ok(at) => return known.get(at).map(|(_, endpoint)| *endpoint).ok_or("is not known"),
        Err(place) => place,
    };
    let Template { path, pieces, parameters, query } = read(template)?;
    let endpoint: &'static Endpoint = Box::leak(Box::new(Endpoint::declared(EndpointDeclaration {
        api: "Client",
        name: "call",
        method: Box::leak(method.as_str().into()),
        template: path,
        parameters: parameters.leak(),
        idempotent: idempotent || method.is_idempotent(),
        pieces: pieces.leak(),
        query,
        ..EndpointDeclaration::NEW
    })));
    known.insert(place, ((template, endpoint.method, idempotent), endpoint));
    Ok(endpoint)
}

/// A template that was read.
struct Template {
    path: &'static str,
    /// The literal text around the placeholders; one more than there are placeholders.
    pieces: Vec<&'static str>,
    parameters: Vec<Parameter>,
    query: &'static str,
}

fn read(template: &'static str) -> Result<Template, &'static str> {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let (pieces, parameters) = placeholders(path)?;
    if !path.starts_with('/') || query.contains(['{', '}']) || template.contains('#') {
        return Err(
            "is not a path: it begins with `/`, and holds neither a fragment nor placeholders in its query",
        );
    }
    let plain: String = pieces.iter().flat_map(|piece| ["x", piece]).skip(1).collect();
    if plain.contains("//") || plain.split('/').skip(1).any(is_dot_segment) {
        return Err("has an empty, `.` or `..` segment");
    }
    let nameless = |pair: &str| pair.starts_with(['=', '?']) || pair.is_empty();
    if template.contains('?') && query.split('&').any(nameless) {
        return Err("has a pair without a name in its query");
    }
    if !is_encoded(&plain) || !is_encoded(query) {
        return Err("has a character that a URL cannot hold");
    }
    Ok(Template { path, pieces, parameters, query })
}

/// Whether a text holds nothing that a path or a query would have to encode (RFC 3986, 3.3 and 3.4).
fn is_encoded(text: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    text.bytes().enumerate().all(|(at, byte)| match byte {
        b'%' => is_digit(text.as_bytes().get(at + 1)) && is_digit(text.as_bytes().get(at + 2)),
        _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte),
    })
}

/// The literal pieces of a path, and the placeholders between them.
fn placeholders(path: &'static str) -> Result<(Vec<&'static str>, Vec<Parameter>), &'static str> {
    let (mut pieces, mut parameters) = (Vec::new(), Vec::<Parameter>::new());
    let mut rest = path;
    while let Some((piece, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}').ok_or("has a `{` without a `}`")?;
        let (name, role) = match name.strip_suffix("..") {
            Some(name) => (name, Role::Rest),
            None => (name, Role::Segment),
        };
        if !is_name(name) || parameters.iter().any(|known| known.name == name) {
            return Err("has a placeholder without a name, or the same one twice");
        }
        if role == Role::Rest && parameters.iter().any(|known| known.role == Role::Rest) {
            return Err("has two `{name..}`, and nothing could tell where the first one ends");
        }
        pieces.push(piece);
        let declaration = ParameterDeclaration { name, wire: name, role, ..ParameterDeclaration::NEW };
        parameters.push(Parameter::declared(declaration));
        rest = behind;
    }
    if rest.contains('}') || pieces.iter().any(|piece| piece.contains('}')) {
        return Err("has a `}` without a `{`");
    }
    pieces.push(rest);
    Ok((pieces, parameters))
}

/// Whether an argument can have this name.
fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|letter: char| letter == '_' || letter.is_alphabetic());
    begins && name != "_" && name.chars().all(|letter| letter == '_' || letter.is_alphanumeric())
}
