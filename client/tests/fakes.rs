//! A fake in place of the server: it implements what the code under test calls.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::{Arc, Mutex};

use declarest::ErrorKind;
use openai_admin::{Call, Deleted, Invite, Invites, ListInvites, Pages};
use serde_json::json;

/// The code under test: withdraws the invitations of a domain.
async fn withdraw(invites: Arc<dyn Invites>, domain: &str) -> Result<usize, openai_admin::Error> {
    let mut all = invites.list(&ListInvites::default()).items();
    let mut count = 0;
    while let Some(invite) = all.try_next().await? {
        if invite.email.ends_with(domain) {
            invites.delete(&invite.id).await?;
            count += 1;
        }
    }
    Ok(count)
}

#[derive(Default)]
struct Fake(Mutex<Vec<String>>);

impl Invites for Fake {
    fn list(&self, _: &ListInvites) -> Pages<openai_admin::ConversationCursorPage<Invite>> {
        let invite = |id: &str, email: &str| -> Invite {
            let value =
                json!({"id": id, "email": email, "role": "reader", "status": "pending", "created_at": 1});
            serde_json::from_value(value).unwrap()
        };
        Pages::from_items([invite("a", "x@old.org"), invite("b", "y@new.org")])
    }

    fn delete(&self, invite_id: &str) -> Call<Deleted> {
        self.0.lock().unwrap().push(invite_id.to_owned());
        let deleted = json!({"id": invite_id, "object": "organization.invite.deleted", "deleted": true});
        Call::ready(Ok(serde_json::from_value(deleted).unwrap()))
    }
}

#[tokio::test]
async fn a_fake_implements_what_is_called() {
    let fake = Arc::new(Fake::default());
    assert_eq!(withdraw(fake.clone(), "@old.org").await.unwrap(), 1);
    assert_eq!(*fake.0.lock().unwrap(), ["a"]);
}

#[tokio::test]
async fn what_it_leaves_out_says_so() {
    let error = Fake::default().get("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFaked);
}
