//! The credential: what the document asks for, and what the endpoint sends.

use super::context::Context;
use super::declared::Auth;
use super::report::Kind;
use crate::model::Scheme;

pub(super) fn compare(context: &mut Context<'_, '_>) {
    let Some(alternatives) = context.operation.security.clone() else { return };
    let code = context.code;
    let needs_none = alternatives.is_empty() || alternatives.iter().all(Vec::is_empty);
    let may_need_none = needs_none || alternatives.iter().any(Vec::is_empty);
    let takes = |scheme: &Scheme<'_>| alternatives.iter().any(|all| all.contains(scheme));
    let takes_key = |key: &str| alternatives.iter().flatten().any(|scheme| is_key(scheme, key));
    let given = |scheme: &Scheme<'_>| match scheme {
        Scheme::Bearer | Scheme::Basic => has_header(context, "Authorization"),
        Scheme::Header(name) => has_header(context, name),
        Scheme::Query(name) => code.inputs.iter().any(|input| input.wire == *name),
        Scheme::Cookie(_) => has_header(context, "Cookie"),
        Scheme::Other(_) => false,
    };
    let write = match code.auth {
        _ if alternatives.iter().any(|all| !all.is_empty() && all.iter().all(given)) => return,
        Auth::None if may_need_none => return,
        Auth::None => "leave `auth = none` out, so that the client's credential is sent".to_owned(),
        Auth::Client => return,
        Auth::Bearer | Auth::Basic | Auth::Key(_) if needs_none => "`auth = none`".to_owned(),
        Auth::Bearer if !takes(&Scheme::Bearer) => requirement(&alternatives),
        Auth::Basic if !takes(&Scheme::Basic) => requirement(&alternatives),
        Auth::Key(key) if !takes_key(key) => requirement(&alternatives),
        Auth::Bearer | Auth::Basic | Auth::Key(_) => return,
    };
    let pointer = format!("{}/security", context.operation.pointer);
    let own = context.document.get(&pointer).is_some();
    let pointer = if own { pointer } else { "/security".to_owned() };
    let texts = [words(&alternatives), code.auth.words(), write];
    context.found(Kind::Mismatch, &pointer, texts);
}

/// Returns whether a scheme is an API key of this name.
fn is_key(scheme: &Scheme<'_>, key: &str) -> bool {
    match scheme {
        Scheme::Header(name) => name.eq_ignore_ascii_case(key),
        Scheme::Query(name) => *name == key,
        _ => false,
    }
}

fn has_header(context: &Context<'_, '_>, name: &str) -> bool {
    context.code.header(name).is_some()
        || context.code.inputs.iter().any(|input| input.wire.eq_ignore_ascii_case(name))
}

fn requirement(alternatives: &[Vec<Scheme<'_>>]) -> String {
    let takes = |scheme: &Scheme<'_>| alternatives.iter().any(|all| all.contains(scheme));
    let key = alternatives.iter().flatten().find_map(|scheme| match scheme {
        Scheme::Header(name) | Scheme::Query(name) => Some(name),
        _ => None,
    });
    match key {
        _ if takes(&Scheme::Bearer) => "`auth = bearer`".to_owned(),
        _ if takes(&Scheme::Basic) => "`auth = basic`".to_owned(),
        Some(name) => format!("`auth = api_key(\"{name}\")`"),
        None => "leave `auth` out, and give the client the credential that the document names".to_owned(),
    }
}

fn words(alternatives: &[Vec<Scheme<'_>>]) -> String {
    let scheme = |scheme: &Scheme<'_>| match scheme {
        Scheme::Bearer => "a bearer token".to_owned(),
        Scheme::Basic => "a user name and password".to_owned(),
        Scheme::Header(name) => format!("an API key in the header `{name}`"),
        Scheme::Query(name) => format!("an API key in the query name `{name}`"),
        Scheme::Cookie(name) => format!("the cookie `{name}`"),
        Scheme::Other(name) => format!("the scheme `{name}`"),
    };
    let all: Vec<String> = alternatives
        .iter()
        .map(|all| {
            if all.is_empty() {
                "no credential".to_owned()
            } else {
                all.iter().map(scheme).collect::<Vec<_>>().join(" and ")
            }
        })
        .collect();
    if all.is_empty() { "no credential".to_owned() } else { all.join(", or ") }
}
