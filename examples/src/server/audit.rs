//! The audit log.

use serde_json::{Map, Value};

use super::error::ApiResult;
use super::page::{ListPage, Window};
use super::params::Params;
use super::records::AuditEvent;
use super::store::Store;

/// Which events are wanted.
#[derive(Debug)]
pub(super) struct AuditFilter {
    after: Option<u64>,
    from: Option<u64>,
    before: Option<u64>,
    until: Option<u64>,
    kinds: Vec<String>,
    projects: Vec<String>,
    emails: Vec<String>,
}

impl AuditFilter {
    /// Reads `effective_at[…]`, `event_types[]`, `project_ids[]` and `actor_emails[]`.
    pub(super) fn from_params(params: &Params) -> ApiResult<Self> {
        let list = |name: &str| params.all(name).into_iter().map(str::to_owned).collect();
        Ok(Self {
            after: params.time("effective_at[gt]")?,
            from: params.time("effective_at[gte]")?,
            before: params.time("effective_at[lt]")?,
            until: params.time("effective_at[lte]")?,
            kinds: list("event_types"),
            projects: list("project_ids"),
            emails: list("actor_emails"),
        })
    }

    fn fits(&self, event: &AuditEvent) -> bool {
        let at = event.effective_at;
        self.after.is_none_or(|bound| at > bound)
            && self.from.is_none_or(|bound| at >= bound)
            && self.before.is_none_or(|bound| at < bound)
            && self.until.is_none_or(|bound| at <= bound)
            && one_of(&self.kinds, Some(event.kind))
            && one_of(&self.projects, event.project.as_ref().and_then(|project| text_at(project, "/id")))
            && one_of(&self.emails, text_at(&event.actor, "/session/user/email"))
    }
}

/// The text at this place of a JSON value.
fn text_at<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str()
}

/// An empty list lets everything through.
fn one_of(list: &[String], value: Option<&str>) -> bool {
    list.is_empty() || value.is_some_and(|value| list.iter().any(|item| item == value))
}

impl Store {
    /// The audit log, newest first.
    #[must_use]
    pub fn events(&self) -> &[AuditEvent] {
        &self.events
    }

    /// Adds an event that happens now.
    pub fn record_event(&mut self, kind: &'static str, details: Value) {
        let effective_at = self.tick();
        let id = self.next_id("audit_log-");
        let details = Map::from_iter([(kind.to_owned(), details)]);
        self.events
            .insert(0, AuditEvent { id, kind, effective_at, project: None, actor: Value::Null, details });
    }

    pub(super) fn list_events(
        &self,
        window: &Window,
        filter: &AuditFilter,
    ) -> ApiResult<ListPage<AuditEvent>> {
        ListPage::cut(self.events.iter().filter(|event| filter.fits(event)).cloned(), window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(store: &Store, query: &str) -> usize {
        let filter = AuditFilter::from_params(&Params::parse(Some(query)).unwrap()).unwrap();
        store.events.iter().filter(|event| filter.fits(event)).count()
    }

    #[test]
    fn events_are_several_hundred_and_newest_first() {
        let store = Store::seeded(1_000_000_000);
        assert!(store.events().len() >= 300);
        assert!(store.events().is_sorted_by(|a, b| a.effective_at >= b.effective_at));
    }

    #[test]
    fn a_range_includes_what_its_names_say() {
        let store = Store::seeded(1_000_000_000);
        let at = store.events()[10].effective_at;
        let same = store.events().iter().filter(|event| event.effective_at == at).count();
        let (gt, gte) = (format!("effective_at[gt]={at}"), format!("effective_at%5Bgte%5D={at}"));
        assert_eq!(count(&store, &gte) - count(&store, &gt), same);
        assert_eq!(
            count(&store, &gt) + count(&store, &format!("effective_at[lte]={at}")),
            store.events().len()
        );
        assert_eq!(
            count(&store, &gte) + count(&store, &format!("effective_at[lt]={at}")),
            store.events().len()
        );
    }

    #[test]
    fn kinds_projects_and_emails_narrow_the_log() {
        let store = Store::seeded(1_000_000_000);
        let all = store.events().len();
        for filter in
            ["event_types[]=login.failed", "event_types=login.failed", "actor_emails[]=ada@example.com"]
        {
            let some = count(&store, filter);
            assert!(some > 0 && some < all, "{filter}: {some}");
        }
        assert_eq!(count(&store, "project_ids[]=proj_none"), 0);
        let two = "event_types[]=login.failed&event_types[]=login.succeeded";
        assert!(count(&store, two) > count(&store, "event_types[]=login.failed"));
    }
}
