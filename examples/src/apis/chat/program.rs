//! A short chat.

use std::error::Error as StdError;
use std::io::Write;

use declarest::Client;

use super::{Chat as _, ChatClient, Error, Message, Problem, Prompt, Role};

/// Asks for a message as a whole, then word by word, then for one that fails in the middle.
///
/// # Errors
/// When a call fails.
pub async fn run(client: Client, out: &mut (dyn Write + Send)) -> Result<(), Box<dyn StdError>> {
    let chat = ChatClient::new(client);
    let messages = [Message { role: Role::User, content: "Good morning" }];
    let prompt = Prompt { model: "gpt-5", messages: &messages, ..Prompt::default() };
    let completion = chat.complete(&prompt).await?;
    let text = completion.choices.first().and_then(|choice| choice.message.content.as_deref());
    writeln!(out, "whole   {}", text.unwrap_or_default())?;

    write!(out, "words   ")?;
    say(&chat, "The quick brown fox", out).await?;
    write!(out, "broken  ")?;
    if let Err(error) = say(&chat, "Too much to say", out).await {
        let kind = error.body().map_or("", |Problem { error }| error.kind.as_str());
        writeln!(out, "… {kind}")?;
    }
    Ok(())
}

/// Writes the words as they come.
async fn say(chat: &ChatClient, text: &str, out: &mut (dyn Write + Send)) -> Result<(), Error> {
    let messages = [Message { role: Role::User, content: text }];
    let prompt = Prompt { model: "gpt-5", messages: &messages, ..Prompt::default() };
    let mut chunks = chat.stream(&prompt).await?;
    let mut words = 0;
    while let Some(chunk) = chunks.try_next().await? {
        words += usize::from(!chunk.text().is_empty());
        // A terminal that is gone hears nothing.
        let _heard = write!(out, "{}", chunk.text());
    }
    let _heard = writeln!(out, "({words} words)");
    Ok(())
}
