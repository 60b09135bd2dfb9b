//! From operations to endpoints: their methods, arguments and results.

use super::convert::Types;
use super::names::{Names, raw, snake, words};
use super::pages;
use super::returns::Returns;
use super::types::{Kind, Origin, Ty};
use crate::model::{Operation, Place, Style};

/// A method of a trait.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    /// `GET /users/{id}`.
    pub(super) title: String,
    /// The index of the operation.
    pub(super) operation: usize,
    pub(super) verb: &'static str,
    /// The template as declarest writes it.
    pub(super) path: String,
    /// Keys of the attribute, behind the path.
    pub(super) keys: Vec<String>,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) arguments: Vec<Argument>,
    pub(super) returns: Returns,
    /// Lines that say what was guessed.
    pub(super) guesses: Vec<String>,
    /// The credential that the document asks for.
    pub(super) auth: Auth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Auth {
    /// Whatever the client has.
    Client,
    None,
    Bearer,
    Basic,
}

#[derive(Debug, Clone)]
pub(super) struct Argument {
    /// The attribute, or nothing for a placeholder.
    pub(super) attribute: String,
    pub(super) name: String,
    pub(super) ty: ArgTy,
    pub(super) optional: bool,
    pub(super) source: Source,
}

/// What of the document an argument stands for, with the document's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    Path(String),
    Query(String),
    Header(String),
    Cookie(String),
    /// All names of the query that are not arguments themselves.
    Params,
    Content,
    /// One part of a multipart content.
    Part(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ArgTy {
    /// Behind a reference where it owns something.
    Lent(Ty),
    /// By value: a part is sent after the borrow has ended.
    Given(Ty),
    /// A type of declarest's.
    Fixed(&'static str),
    /// Several of one.
    Several(&'static str),
}

impl<'d> Types<'d> {
    /// Converts one operation; a reason if it cannot be expressed.
    pub(super) fn endpoint(&mut self, index: usize, operation: &Operation<'d>) -> Result<Endpoint, String> {
        let verb = verb(&operation.method)
            .ok_or_else(|| format!("`{}` is not sent by clients", operation.method))?;
        if operation.path.matches('{').count() != operation.path.matches('}').count() {
            return Err("a `{` or `}` of the path has no counterpart".to_owned());
        }
        let mut names = Names::reserved(["self"]);
        let (path, mut arguments) = self.path(operation, &mut names)?;
        let mut guesses = Vec::new();
        let mut keys = Vec::new();
        self.headers(operation, &mut names, &mut arguments, &mut keys, &mut guesses);
        let returns = self.returns(index, operation);
        self.query(index, operation, &mut names, &mut arguments);
        self.body(index, operation, &mut names, &mut arguments, &mut keys);
        // Headers that may be left out come last, where `None` is in nobody's way.
        arguments.sort_by_key(|argument| argument.optional && argument.attribute.starts_with("#[header"));
        let returns = pages::paged(self, operation, returns, &mut guesses);
        super::returns::accept(operation, &returns, &mut keys);
        let docs = if operation.summary.is_empty() { operation.docs } else { operation.summary };
        Ok(Endpoint {
            title: operation.title(),
            operation: index,
            verb,
            path,
            keys,
            docs: docs.to_owned(),
            deprecated: operation.deprecated,
            arguments,
            returns,
            guesses,
            auth: auth(operation),
        })
    }

    /// The template, and an argument for each placeholder.
    fn path(
        &mut self,
        operation: &Operation<'d>,
        names: &mut Names,
    ) -> Result<(String, Vec<Argument>), String> {
        let (mut path, mut arguments) = (String::new(), Vec::new());
        let mut rest = operation.path.split('#').next().unwrap_or_default();
        while let Some((before, from)) = rest.split_once('{') {
            let Some((inner, after)) = from.split_once('}') else {
                return Err("a `{` of the path is never closed".into());
            };
            let wire = inner.split('=').next().unwrap_or(inner).trim_start_matches('+').trim_end_matches('*');
            let several = inner.contains(['=', '+', '*']) && inner.contains(['*', '+']);
            if several && (!after.is_empty() || !before.ends_with('/')) {
                return Err(format!("`{{{inner}}}` takes several segments in the middle of the path"));
            }
            let name = names.take([snake(&words(wire))]);
            // A name that needs `r#` cannot stand in a template.
            let name = if raw(&name) == name { name } else { names.take([format!("{name}_value")]) };
            let parameter =
                operation.parameters.iter().find(|other| other.place == Place::Path && other.name == wire);
            let ty = match parameter {
                Some(parameter) => {
                    let origin = Origin::Operation { operation: usize::MAX, words: words(wire) };
                    let ty = self.ty(&parameter.schema.clone(), origin);
                    self.scalar(&ty).unwrap_or(Ty::Text)
                }
                None => {
                    self.note(
                        &operation.pointer,
                        format!("the path parameter `{wire}` is not described: a text"),
                    );
                    Ty::Text
                }
            };
            let ty = if ty == Ty::Float { Ty::Text } else { ty };
            path.push_str(&literal(before));
            path.push_str(&format!("{{{name}{}}}", if several { ".." } else { "" }));
            arguments.push(Argument {
                attribute: String::new(),
                name,
                ty: ArgTy::Lent(ty),
                optional: false,
                source: Source::Path(wire.to_owned()),
            });
            rest = after;
        }
        path.push_str(&literal(rest));
        Ok((path, arguments))
    }

    /// The type as one value of a path, a header or a query; `None` if it is not one value.
    pub(super) fn scalar(&mut self, ty: &Ty) -> Option<Ty> {
        match ty {
            Ty::Bool | Ty::Int(_) | Ty::Float | Ty::Text => Some(ty.clone()),
            Ty::Secret | Ty::Any => Some(Ty::Text),
            Ty::Nullable(inner) => self.scalar(inner),
            Ty::Unit | Ty::Item | Ty::Page(..) | Ty::List(_) | Ty::Map(_) => None,
            Ty::Def(id) => match self.defs.get(*id).map(|def| def.kind.clone()) {
                Some(Kind::Enum(_)) => Some(ty.clone()),
                Some(Kind::Alias(ty)) => self.scalar(&ty),
                Some(Kind::Union(union)) => {
                    let all: Vec<Option<Ty>> =
                        union.variants.iter().map(|variant| self.scalar(&variant.ty)).collect();
                    all.iter().all(Option::is_some).then_some(Ty::Text)
                }
                _ => None,
            },
        }
    }

    fn headers(
        &mut self,
        operation: &Operation<'d>,
        names: &mut Names,
        arguments: &mut Vec<Argument>,
        keys: &mut Vec<String>,
        guesses: &mut Vec<String>,
    ) {
        for parameter in &operation.parameters {
            let role = match parameter.place {
                Place::Header => "header",
                Place::Cookie => "cookie",
                _ => continue,
            };
            if is_credential(operation, parameter.name) {
                continue;
            }
            if is_idempotency_key(operation, parameter.name) {
                keys.push(format!("idempotency_key = \"{}\"", parameter.name));
                guesses.push(
                    "Guess: the server keeps idempotency keys, so a failed call may be repeated.".to_owned(),
                );
                continue;
            }
            if !is_header_name(parameter.name) {
                self.note(
                    &parameter.pointer,
                    format!("`{}` is not the name of a {role}: left out", parameter.name),
                );
                continue;
            }
            let origin = Origin::Operation { operation: usize::MAX, words: words(parameter.name) };
            let ty = self.ty(&parameter.schema.clone(), origin);
            let ty = self.scalar(&ty).unwrap_or(Ty::Text);
            arguments.push(Argument {
                attribute: format!("#[{role}(\"{}\")]", parameter.name),
                name: names
                    .take([snake(&words(parameter.name.trim_start_matches("X-").trim_start_matches("x-")))]),
                ty: ArgTy::Lent(ty),
                optional: !parameter.required,
                source: match parameter.place {
                    Place::Cookie => Source::Cookie(parameter.name.to_owned()),
                    _ => Source::Header(parameter.name.to_owned()),
                },
            });
        }
    }
}

impl Endpoint {
    /// Whether nothing but names tells two endpoints apart.
    pub(super) fn is_twin(&self, other: &Self) -> bool {
        let arguments = |endpoint: &Self| -> Vec<(String, ArgTy)> {
            endpoint
                .arguments
                .iter()
                .map(|argument| (argument.attribute.clone(), argument.ty.clone()))
                .collect()
        };
        self.verb == other.verb
            && crate::paths::shape(&self.path) == crate::paths::shape(&other.path)
            && crate::paths::constants(&self.path) == crate::paths::constants(&other.path)
            && arguments(self) == arguments(other)
            && self.returns == other.returns
    }
}

fn verb(method: &str) -> Option<&'static str> {
    Some(match method {
        "GET" => "get",
        "POST" => "post",
        "PUT" => "put",
        "PATCH" => "patch",
        "DELETE" => "delete",
        "HEAD" => "head",
        "OPTIONS" => "options",
        _ => return None,
    })
}

/// A piece of a path, with what a URI does not allow percent-encoded.
fn literal(piece: &str) -> String {
    let piece = piece.replace("//", "/");
    let mut out = String::new();
    for letter in piece.chars() {
        if letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?%".contains(letter) {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            letter.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_!#$%&'*+.^`|~".contains(letter))
}

/// Whether a header is the idempotency key, which declarest makes.
pub(super) fn is_idempotency_key(operation: &Operation<'_>, name: &str) -> bool {
    name.eq_ignore_ascii_case("idempotency-key") && matches!(operation.method.as_str(), "POST" | "PATCH")
}

/// Whether a header, a cookie or a query name is the credential, which the client sends.
pub(super) fn is_credential(operation: &Operation<'_>, name: &str) -> bool {
    use crate::model::Scheme;
    let mut schemes = operation.security.iter().flatten().flatten();
    schemes.any(|scheme| matches!(scheme, Scheme::Header(other) | Scheme::Query(other) | Scheme::Cookie(other) if other.eq_ignore_ascii_case(name)))
}

fn auth(operation: &Operation<'_>) -> Auth {
    use crate::model::Scheme;
    let Some(alternatives) = &operation.security else { return Auth::Client };
    if alternatives.iter().all(Vec::is_empty) {
        return Auth::None;
    }
    match alternatives.as_slice() {
        [only] if only.as_slice() == [Scheme::Bearer] => Auth::Bearer,
        [only] if only.as_slice() == [Scheme::Basic] => Auth::Basic,
        all if all.iter().all(|one| one.as_slice() == [Scheme::Bearer]) => Auth::Bearer,
        _ => Auth::Client,
    }
}

/// How a list is written, where it is not the default of a query.
pub(super) fn list_style(style: Style) -> Option<&'static str> {
    match style {
        Style::Comma => Some("comma"),
        Style::Space => Some("space"),
        Style::Pipe => Some("pipe"),
        _ => None,
    }
}
