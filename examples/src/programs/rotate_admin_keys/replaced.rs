//! A run that was ended after it had deleted the very key it ran with: the next run is refused with that key.

use openai_admin::{AdminApiKeysClient, prelude::*};

use super::plan::{Plan, Step};
use super::{Args, resumed, written_value};
use crate::{Context, Failure, files};

/// Says that the key in use was replaced and where the new value is, notes that it is gone, and ends the rotation if
/// nothing else is left. `refused` is the failure that led here, and the outcome if the key was refused for another
/// reason.
pub(super) async fn finish(
    refused: Failure,
    plan: Plan,
    keys: &AdminApiKeysClient,
    args: &Args,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    let Some((index, new_id)) = plan.own_replacement().map(|(index, id)| (index, id.to_owned())) else {
        return Err(refused);
    };
    let Some(value) = written_value(&args.values, &new_id)? else { return Err(refused) };
    let mut plan = resumed(plan, args, cx)?;
    let Some(rotation) = plan.rotations.get(index) else { return Err(refused) };
    let old_id = rotation.old_id.clone();
    // Only the new key can tell whether the old one is gone.
    match cx.stop().or(keys.get(&old_id).bearer(value)).await? {
        Err(error) if error.is_not_found() => {}
        _ => return Err(refused),
    }
    plan.set(index, Step::Deleted);
    let values = args.values.display();
    cx.say(format_args!(
        "The key that this program was given, {old_id}, was replaced by an earlier run and is deleted."
    ))?;
    cx.say(format_args!("{new_id} replaces it; its value is in {values}: set OPENAI_ADMIN_KEY to it."))?;
    if plan.rotations.iter().all(|rotation| rotation.step == Step::Deleted) {
        files::remove(&args.state)?;
        return cx.say("The rotation is complete.");
    }
    files::store(&args.state, &plan)?;
    cx.say("Then run again for the keys that are left.")
}
