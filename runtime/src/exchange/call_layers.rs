//! Layers around the whole call: between them and the transport stands the attempt loop, as a service.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Request;
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt as _};

use super::upload::{Limits, Upload};
use crate::body::{Body, RequestBody};
use crate::decode::{Response, ResponseBody, read};
use crate::error::{BoxError, Effect, Error, ErrorKind};
use crate::exchange::{Exchange, Running};
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

/// The layers around a call, with the attempt loop inside, and how a call goes through them.
#[derive(Clone)]
pub(crate) struct CallLayers {
    pub(crate) service: HttpService,
    pub(crate) run: fn(Exchange, HttpService) -> Running,
}

impl CallLayers {
    /// The attempt loop alone, for layers to stand around.
    #[inline]
    pub(crate) fn none() -> Self {
        Self {
            service: BoxCloneSyncService::new(AttemptLoop),
            run: |exchange, layers| Box::pin(run(exchange, layers)),
        }
    }
}

impl Service<Request<Body>> for AttemptLoop {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

    #[inline]
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let ticket = request.extensions_mut().remove::<Ticket>();
        Box::pin(async move {
            let Ticket { exchange, delivery } = ticket.ok_or("the layer lost the request's extensions")?;
            let (head, body) = request.into_parts();
            // Bytes can be sent again; whatever else a layer made of the body is sent once.
            let payload = match body.into_bytes() {
                Ok(bytes) => RequestBody::from(bytes),
                Err(stream) => RequestBody::once(stream),
            };
            let exchange = exchange.rewritten(head.method, head.uri.to_string(), head.headers, payload);
            let answer = exchange.run(Some(&delivery)).await?;
            let attempts = Attempts(answer.head.attempts);
            let mut response = http::Response::new(match answer.stream {
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
#[inline]
async fn run(exchange: Exchange, layers: HttpService) -> Result<Response, Error> {
    let exchange = Arc::new(exchange);
    let delivery = Delivery::default();
    let result = in_time(&exchange, layers, &delivery).await;
    result.map_err(|error| {
        // An error of the loop's says how often it tried; one from outside of it does not know.
        let known = error.attempts() > 0;
        let error = if known { error } else { error.with_attempts(delivery.times()) };
        error
            .with_repeatable(exchange.repeatable)
            .called(exchange.parts.endpoint, exchange.parts.scope.as_ref())
    })
}

/// The same within the deadline, which does not count the time in which a streamed body is on its way up.
#[inline]
async fn in_time(
    exchange: &Arc<Exchange>,
    layers: HttpService,
    delivery: &Delivery,
) -> Result<Response, Error> {
    let time = &exchange.client().time;
    let start = time.now();
    let mut deadline = pin!(time.sleep(exchange.deadline()));
    let ended = |kind| Err(Error::new(kind, "").with_effect(delivery.effect()));
    let body = match until(deadline.as_mut(), pin!(exchange.body())).await {
        Ok(body) => body?,
        Err(Elapsed) => return ended(ErrorKind::Deadline),
    };
    let (body, upload) = Upload::watch(body, time);
    let through = pin!(through(exchange, body, layers, delivery));
    let Some(upload) = upload else {
        return until(deadline, through).await.unwrap_or_else(|Elapsed| ended(ErrorKind::Deadline));
    };
    let limits = Limits {
        start,
        deadline: exchange.deadline(),
        attempt: None,
        stall: exchange.client().settings.stall,
    };
    upload.within(limits, through).await.unwrap_or_else(ended)
}

#[inline]
async fn through(
    exchange: &Arc<Exchange>,
    body: Body,
    layers: HttpService,
    delivery: &Delivery,
) -> Result<Response, Error> {
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
    let settings = &exchange.client().settings;
    let (body, stream) = match exchange.reading.body {
        ResponseBody::Ignored => (bytes::Bytes::new(), None),
        ResponseBody::Streamed => (bytes::Bytes::new(), Some(body)),
        ResponseBody::Buffered => {
            let body = read(&mut body, settings.body_limit).await;
            (body.map_err(|error| error.with_response(head.status, head.headers.clone()))?, None)
        }
    };
    Ok(exchange.answer(head, body, stream))
}

/// The attempt loop's own error, or one of a layer's.
#[inline]
fn own(error: BoxError, delivery: &Delivery) -> Error {
    match error.downcast::<Error>() {
        // A layer may have run the loop before, and what that run knew is in no error that comes out.
        Ok(error) if error.effect() == Effect::NotSent => error.with_effect(delivery.effect()),
        Ok(error) => *error,
        Err(error) => Error::new(ErrorKind::Layer, "").with_effect(delivery.effect()).with_source(error),
    }
}
