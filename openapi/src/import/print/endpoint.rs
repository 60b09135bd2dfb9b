//! Traits and their methods.

use super::super::docs::{lines, sentence_of};
use super::super::layout::Group;
use super::super::names::raw;
use super::super::operations::{Auth, Endpoint};
use super::super::returns::Returns;
use super::{Chunk, Needs, Printer, WIDTH};

/// The text of a trait; `methods` are its endpoints and their names.
pub(in super::super) fn trait_(
    printer: &Printer<'_, '_>,
    group: &Group,
    methods: &[(&Endpoint, String)],
    base: Option<&str>,
) -> Chunk {
    let mut needs = Needs::default();
    needs.runtime.insert("api");
    let auth = common_auth(methods);
    let mut keys: Vec<String> = base.iter().map(|base| format!("base = {base:?}")).collect();
    match auth {
        Auth::Bearer => keys.push("auth = bearer".to_owned()),
        Auth::Basic => keys.push("auth = basic".to_owned()),
        Auth::Client | Auth::None => {}
    }
    let mut text = String::new();
    let docs = sentence_of(&group.words.join(" "), &group.docs, 240);
    lines(&docs, 0).iter().for_each(|line| text.extend([line.as_str(), "\n"]));
    text.push_str(&if keys.is_empty() {
        "#[api]\n".to_owned()
    } else {
        format!("#[api({})]\n", keys.join(", "))
    });
    text.push_str(&format!("pub trait {}: Send + Sync {{\n", group.name));
    let printed: Vec<String> =
        methods.iter().map(|(endpoint, name)| method(printer, endpoint, name, auth, &mut needs)).collect();
    text.push_str(&printed.join("\n"));
    text.push_str("}\n");
    Chunk { name: group.name.clone(), text, needs }
}

/// The requirement of all endpoints that need a credential.
fn common_auth(methods: &[(&Endpoint, String)]) -> Auth {
    let mut all = methods.iter().map(|(endpoint, _)| endpoint.auth).filter(|auth| *auth != Auth::None);
    let first = all.next().unwrap_or(Auth::Client);
    if all.all(|auth| auth == first) { first } else { Auth::Client }
}

/// The text of one method.
pub(in super::super) fn method(
    printer: &Printer<'_, '_>,
    endpoint: &Endpoint,
    name: &str,
    trait_auth: Auth,
    needs: &mut Needs,
) -> String {
    let mut text = String::new();
    let docs = sentence_of(name, &endpoint.docs, 300);
    lines(&docs, 4).iter().for_each(|line| text.extend([line.as_str(), "\n"]));
    if endpoint.deprecated {
        text.push_str(if docs.is_empty() { "" } else { "    ///\n" });
        text.push_str("    /// Deprecated by the document.\n");
    }
    for guess in &endpoint.guesses {
        text.push_str(&format!("    // {guess}\n"));
    }
    let mut keys = vec![format!("{:?}", endpoint.path)];
    keys.extend(endpoint.keys.iter().cloned());
    match endpoint.auth {
        Auth::None => keys.push("auth = none".to_owned()),
        Auth::Bearer if trait_auth != Auth::Bearer => keys.push("auth = bearer".to_owned()),
        Auth::Basic if trait_auth != Auth::Basic => keys.push("auth = basic".to_owned()),
        _ => {}
    }
    let line = keys.join(", ");
    let broken = || format!("\n        {}\n    ", keys.join(",\n        "));
    // A single argument may take the whole line.
    let width = if keys.len() == 1 { WIDTH - endpoint.verb.len() - 8 } else { super::ATTRIBUTE_WIDTH };
    let keys = if line.len() > width { broken() } else { line };
    text.push_str(&format!("    #[{}({keys})]\n", endpoint.verb));
    text.push_str(&signature(printer, endpoint, name, needs));
    text
}

fn signature(printer: &Printer<'_, '_>, endpoint: &Endpoint, name: &str, needs: &mut Needs) -> String {
    let mut arguments = vec!["&self".to_owned()];
    for argument in &endpoint.arguments {
        let ty = printer.lent(&argument.ty, argument.optional, needs);
        let attribute =
            if argument.attribute.is_empty() { String::new() } else { format!("{} ", argument.attribute) };
        arguments.push(format!("{attribute}{}: {ty}", raw(&argument.name)));
    }
    let returns = returns(printer, &endpoint.returns, needs);
    let name = raw(name);
    let line = format!("    fn {name}({}) -> {returns};\n", arguments.join(", "));
    match line.chars().count() {
        0..=WIDTH => return line,
        // rustfmt forgets the semicolon here.
        101 => return format!("    fn {name}({})\n    -> {returns};\n", arguments.join(", ")),
        _ => {}
    }
    format!("    fn {name}(\n        {},\n    ) -> {returns};\n", arguments.join(",\n        "))
}

fn returns(printer: &Printer<'_, '_>, returns: &Returns, needs: &mut Needs) -> String {
    needs.root.insert(if matches!(returns, Returns::Pages(_) | Returns::Listed(_)) {
        "Pages"
    } else {
        "Call"
    });
    match returns {
        Returns::Fixed("()") => "Call<()>".to_owned(),
        Returns::Fixed(name) => format!("Call<{}>", printer.runtime(name, needs)),
        Returns::Json(ty) => format!("Call<{}>", printer.owned(ty, None, needs)),
        Returns::Maybe(ty) => {
            let ty = ty.without_null().0;
            format!("Call<Option<{}>>", printer.owned(ty, None, needs))
        }
        Returns::Events(ty) => {
            let events = printer.runtime("Events", needs);
            format!("Call<{events}<{}>>", printer.owned(ty, None, needs))
        }
        Returns::JsonLines(ty) => {
            let lines = printer.runtime("JsonLines", needs);
            format!("Call<{lines}<{}>>", printer.owned(ty, None, needs))
        }
        Returns::Pages(ty) => format!("Pages<{}>", printer.owned(ty, None, needs)),
        Returns::Listed(ty) => {
            needs.root.insert("Listed");
            format!("Pages<Listed<{}>>", printer.owned(ty, None, needs))
        }
    }
}

/// The trait that leads to all others.
pub(in super::super) fn root(
    name: &str,
    docs: &str,
    base: Option<&str>,
    groups: &[(&Group, String)],
) -> String {
    let mut text = String::new();
    lines(docs, 0).iter().for_each(|line| text.extend([line.as_str(), "\n"]));
    text.push_str(&base.map_or_else(|| "#[api]\n".to_owned(), |base| format!("#[api(base = {base:?})]\n")));
    text.push_str(&format!("pub trait {name}: Send + Sync {{\n"));
    let nests: Vec<String> = groups
        .iter()
        .map(|(group, method)| {
            let docs = sentence_of(&group.words.join(" "), &group.docs, 240);
            let docs: String = lines(&docs, 4).iter().map(|line| format!("{line}\n")).collect();
            let client = format!("{}Client", group.name);
            let line = format!("    fn {}(&self) -> {client};\n", raw(method));
            let broken = || format!("    fn {}(\n        &self,\n    ) -> {client};\n", raw(method));
            format!("{docs}    #[nest]\n{}", if line.len() > WIDTH + 1 { broken() } else { line })
        })
        .collect();
    // A file has at most 400 lines, imports included.
    let lines: usize = nests.iter().map(|nest| nest.lines().count() + 2).sum();
    text.push_str(&nests.join(if lines < super::super::files::MAX_LINES - 20 { "\n" } else { "" }));
    text.push_str("}\n");
    text
}
