//! A chat completion as it is declared, against a stand-in: what is sent, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use declarest::{Client, ErrorKind, Events};
use declarest_examples::apis::chat::{
    Call, Chat, ChatClient, Choice, Chunk, Completion, Delta, KEY, Message, Model, Prompt, Role, Usage, Word,
    run,
};

async fn start() -> (Model, ChatClient) {
    let model = Model::start().await.unwrap();
    let client = Client::builder(model.url()).bearer(KEY).build().unwrap();
    (model, ChatClient::new(client))
}

fn messages(content: &str) -> [Message<'_>; 1] {
    [Message { role: Role::User, content }]
}

fn prompt<'a>(messages: &'a [Message<'a>]) -> Prompt<'a> {
    Prompt { model: "gpt-5", messages, temperature: Some(0.5), ..Prompt::default() }
}

async fn words(mut events: Events<Chunk>) -> (Vec<String>, Option<declarest::Error>) {
    let mut words = Vec::new();
    loop {
        match events.try_next().await {
            Ok(Some(chunk)) => words.push(chunk.text().to_owned()),
            Ok(None) => return (words, None),
            Err(error) => return (words, Some(error)),
        }
    }
}

#[tokio::test]
async fn whole_and_in_pieces_are_the_same_endpoint_with_and_without_stream() {
    let (model, chat) = start().await;
    let messages = messages("Good morning");
    let completion = chat.complete(&prompt(&messages)).await.unwrap();
    assert_eq!(completion.choices[0].message.content.as_deref(), Some("Good morning, indeed."));
    assert_eq!(completion.usage.total_tokens, 12);
    let (said, error) = words(chat.stream(&prompt(&messages)).await.unwrap()).await;
    assert!(error.is_none());
    assert_eq!(said, ["", "Good ", "morning", ""]);

    let body = r#"{"model":"gpt-5","messages":[{"role":"user","content":"Good morning"}],"temperature":0.5"#;
    let got = model.api.requests();
    assert_eq!(model.api.lines(), ["POST /v1/chat/completions"; 2]);
    assert_eq!((got[0].text(), got[0].header("accept")), (format!("{body}}}"), "application/json"));
    assert_eq!(
        (got[1].text(), got[1].header("accept")),
        (format!("{body},\"stream\":true}}"), "text/event-stream")
    );
    assert!(got.iter().all(|got| got.header("authorization") == format!("Bearer {KEY}")));
}

#[tokio::test]
async fn a_refusal_is_an_error_of_the_call_and_not_of_the_stream() {
    let (model, _) = start().await;
    let chat = ChatClient::new(Client::builder(model.url()).bearer("wrong").build().unwrap());
    let error = chat.stream(&prompt(&messages("Good morning"))).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(error.body().unwrap().error.kind, "invalid_request_error");
}

#[tokio::test]
async fn an_error_in_the_stream_comes_after_what_was_said() {
    let (_model, chat) = start().await;
    let (said, error) = words(chat.stream(&prompt(&messages("Too much to say"))).await.unwrap()).await;
    assert_eq!(said, ["", "Too ", "much ", "to "]);
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Classified);
    assert!(!error.to_string().contains("overloaded"));
    let error = declarest_examples::apis::chat::Error::from(error);
    assert_eq!(error.body().unwrap().error.message, "The server is overloaded");
}

/// A model that has learned two words.
struct Parrot;

impl Chat for Parrot {
    fn complete(&self, _: &Prompt<'_>) -> Call<Completion> {
        let message = Delta { content: Some("Hello".to_owned()) };
        let choices = vec![Choice { message, finish_reason: "stop".to_owned() }];
        Call::ready(Ok(Completion { choices, usage: Usage { total_tokens: 1 } }))
    }

    fn stream(&self, _: &Prompt<'_>) -> Call<Events<Chunk>> {
        let chunk = |text: &str| {
            let delta = Delta { content: Some(text.to_owned()) };
            Chunk { choices: vec![Word { delta, finish_reason: None }] }
        };
        Call::ready(Ok(["Hel", "lo"].into_iter().map(chunk).collect()))
    }
}

#[tokio::test]
async fn a_fake_streams_too() {
    let chat: &dyn Chat = &Parrot;
    let completion = chat.complete(&Prompt::default()).await.unwrap();
    assert_eq!(completion.choices[0].message.content.as_deref(), Some("Hello"));
    assert_eq!(words(chat.stream(&Prompt::default()).await.unwrap()).await.0, ["Hel", "lo"]);
}

#[tokio::test]
async fn the_program_has_a_chat() {
    let (model, mut out) = (Model::start().await.unwrap(), Vec::new());
    run(Client::builder(model.url()).bearer(KEY).build().unwrap(), &mut out).await.unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "\
whole   Good morning, indeed.
words   The quick brown (3 words)
broken  Too much to … server_error
"
    );
}
