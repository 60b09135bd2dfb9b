//! Layers around the whole call: between them and the transport stands the attempt loop, as a service.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt as _};

use crate::body::{Body, Payload};
use crate::decode::{Answer, AnswerBody, read};
use crate::error::{BoxError, Error, ErrorKind};
use crate::exchange::Exchange;
use crate::reply::Head;
use crate::time::{Elapsed, until};
use crate::transport::{Delivery, HttpService, SharedDelivery};

/// Travels with the request through the layers. Its type is private, so none of them can look.
#[derive(Clone)]
struct Ticket {
    exchange: Arc<Exchange>,
    delivery: SharedDelivery,
}

/// How often the request was sent, on the way back.
#[derive(Clone, Copy)]
struct Attempts(u32);

/// The attempt loop as a service.
#[derive(Clone)]
struct AttemptLoop;

/// The innermost service of the layers around a call.
pub(crate) fn attempt_loop() -> HttpService {
    BoxCloneSyncService::new(AttemptLoop)
}

impl Service<Request<Body>> for AttemptLoop {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let ticket = request.extensions_mut().remove::<Ticket>();
        Box::pin(async move {
            let Ticket { exchange, delivery } = ticket.ok_or("the layer lost the request's extensions")?;
            let (head, body) = request.into_parts();
            // Bytes can be sent again; whatever else a layer made of the body is sent once.
            let payload = match body.into_bytes() {
                Ok(bytes) => Payload::from(bytes),
                Err(stream) => Payload::once(stream),
            };
            let exchange = exchange.rewritten(head.method, head.uri.to_string(), head.headers, payload);
            let answer = exchange.run(Some(&delivery)).await?;
            let attempts = Attempts(answer.head.attempts);
            let mut response = Response::new(match answer.stream {
                Some(stream) => stream.body,
                None => Body::from(answer.body),
            });
            *response.status_mut() = answer.head.status;
            *response.headers_mut() = answer.head.headers;
            response.extensions_mut().insert(attempts);
            Ok(response)
        })
    }
}

/// Makes the call through the layers around it. The deadline stands outside of all of them.
pub(crate) async fn run(exchange: Exchange, layers: HttpService) -> Result<Answer, Error> {
    let exchange = Arc::new(exchange);
    let delivery = Delivery::default();
    let mut deadline = pin!(exchange.parts.client.0.time.sleep(exchange.deadline()));
    let through = pin!(through(&exchange, layers, &delivery));
    let result = until(deadline.as_mut(), through)
        .await
        .unwrap_or_else(|Elapsed| Err(Error::new(ErrorKind::Deadline, "").with_effect(delivery.effect())));
    result.map_err(|error| error.called(exchange.parts.endpoint, exchange.parts.scope.as_ref()))
}

async fn through(
    exchange: &Arc<Exchange>,
    layers: HttpService,
    delivery: &Delivery,
) -> Result<Answer, Error> {
    let body = exchange.body().await?;
    let mut request = exchange.http_request(body)?;
    request.extensions_mut().insert(exchange.parts.endpoint);
    request.extensions_mut().insert(Ticket { exchange: exchange.clone(), delivery: delivery.share() });
    let response = layers.oneshot(request).await.map_err(|error| own(error, delivery))?;
    let (head, mut body) = response.into_parts();
    let attempts = head.extensions.get::<Attempts>().map_or(0, |attempts| attempts.0);
    let head = Head {
        status: head.status,
        headers: head.headers,
        attempts,
        endpoint: exchange.parts.endpoint,
        scope: exchange.parts.scope.clone(),
    };
    let settings = &exchange.parts.client.0.settings;
    let (body, stream) = match exchange.reading.body {
        AnswerBody::Ignored => (bytes::Bytes::new(), None),
        AnswerBody::Streamed => (bytes::Bytes::new(), Some(body)),
        AnswerBody::Buffered => (read(&mut body, settings.body_limit).await?, None),
    };
    Ok(exchange.answer(head, body, stream))
}

/// The attempt loop's own error, or one of a layer's.
fn own(error: BoxError, delivery: &Delivery) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(error) => Error::new(ErrorKind::Layer, "").with_effect(delivery.effect()).with_source(error),
    }
}
