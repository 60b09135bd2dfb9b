//! Objects in the query: their members stand in it by themselves, or under the object's name.

use declarest::Role;

use super::context::Context;
use super::declared::Input;
use super::parameters::query_members;
use super::report::Kind;
use super::types::optional;
use crate::model::{Parameter, Place, Style};
use crate::schema::Schema;

/// Whether the members of an object stand in the query by themselves, and code declares all of them.
pub(super) fn is_spread(context: &Context<'_, '_>, parameter: &Parameter<'_>) -> bool {
    let names = spread_names(context, parameter);
    let declared = query_members(context);
    let is_declared = |name: &&str| {
        let is_input =
            context.code.inputs.iter().any(|input| input.role == Role::Query && input.wire == **name);
        is_input || declared.iter().any(|member| member.wire == **name)
    };
    !names.is_empty() && names.iter().all(is_declared)
}

/// The names that an object gives to the query: with `style: form` and `explode: true`, the default, those of its members.
pub(super) fn spread_names<'d>(context: &Context<'_, 'd>, parameter: &Parameter<'d>) -> Vec<&'d str> {
    if parameter.place != Place::Query || parameter.style != Style::Repeat {
        return Vec::new();
    }
    let schema = parameter.schema.read(context.document);
    schema.properties.iter().map(|(name, _)| *name).collect()
}

/// The members of an object under one name: `effective_at[gt]`.
pub(super) fn deep_object(
    context: &mut Context<'_, '_>,
    parameter: &Parameter<'_>,
    input: &Input,
    schema: &Schema<'_>,
) {
    let Some(members) = input.members() else { return };
    for (name, node) in &schema.properties {
        if !members.iter().any(|member| member.wire == *name) {
            let document = format!("the query name `{}[{name}]`", parameter.name);
            let write = format!("a member `{name}` of `{}`", optional(input.ty).0);
            context.found(Kind::NotDeclared, node.pointer(), [document, "no such member".to_owned(), write]);
        }
    }
    let documented = |member: &&Input| schema.properties.iter().any(|(name, _)| *name == member.wire);
    for member in members.iter().filter(|member| !schema.properties.is_empty() && !documented(member)) {
        let wire = format!("{}[{}]", parameter.name, member.wire);
        let texts = [format!("no query name `{wire}`"), format!("a member of `{}`", optional(input.ty).0)];
        context.undocumented(&schema.pointer, ('?', &wire), texts);
    }
}
