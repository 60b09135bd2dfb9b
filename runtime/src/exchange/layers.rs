//! Layers around the whole call. They wrap the attempt loop, which is a service for this purpose.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response as HttpResponse};
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service, ServiceExt as _};

use super::attempt::take_body;
use super::judge;
use super::plan::Plan;
use super::time_limits::TimeLimits;
use super::upload::Upload;
use crate::body::{Body, RequestBody};
use crate::client::ClientBuilder;
use crate::clock::{Elapsed, until};
use crate::decode::Response;
use crate::error::{BoxError, Effect, Error, ErrorKind};
use crate::transport::{Attempt, Delivery, HttpService, SharedDelivery, erase};

impl ClientBuilder {
    /// Wraps the whole call, with all its attempts and waits, in a tower layer; the last added is outermost.
    ///
    /// It sees what [`layer`](ClientBuilder::layer) sees, once a call. A body that it replaces by a stream can be sent
    /// only once, so the call is then not repeated. What it returns is a response like any other: status, limits,
    /// [`classify`](ClientBuilder::classify) and decoding apply to it.
    #[must_use]
    pub fn call_layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<HttpService> + Send + 'static,
        L::Service: Service<Request<Body>, Response = HttpResponse<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<Request<Body>>>::Future: Send + 'static,
        B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let inner = self.call_layers.unwrap_or_else(|| BoxCloneSyncService::new(AttemptLoop));
        self.call_layers = Some(erase(layer.layer(inner)));
        self
    }
}

/// Goes with the request through the layers. Its type is private, so that no layer can read it.
#[derive(Clone)]
struct Ticket {
    plan: Arc<Plan>,
    delivery: SharedDelivery,
}

/// The attempt loop as a service.
#[derive(Clone)]
struct AttemptLoop;

impl Service<Request<Body>> for AttemptLoop {
    type Response = HttpResponse<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let ticket = request.extensions_mut().remove::<Ticket>();
        Box::pin(async move {
            let Ticket { plan, delivery } = ticket.ok_or("the layer lost the request's extensions")?;
            let (head, body) = request.into_parts();
            // Bytes can be sent again. Any other body that a layer made can be sent once.
            let body = body.into_bytes().map_or_else(RequestBody::once, RequestBody::from);
            let plan = plan.rewritten(head, body);
            let response = super::run(&plan, Some(&delivery)).await?;
            let mut outer = HttpResponse::new(match response.stream {
                Some(stream) => stream.body,
                None => Body::from(response.body),
            });
            *outer.status_mut() = response.head.status;
            *outer.headers_mut() = response.head.headers;
            response.head.witness.join(outer.extensions_mut());
            Ok(outer)
        })
    }
}

/// Makes the call through the layers around it.
pub(super) async fn run(plan: Plan, layers: HttpService) -> Result<Response, Error> {
    let plan = Arc::new(plan);
    let delivery = Delivery::default();
    let start = plan.client().clock.now();
    let mut result = in_time(&plan, layers, &delivery).await;
    super::keep_call(&mut result, || plan.clone());
    result.map_err(|error| {
        let error = error.with_elapsed(plan.client().clock.now().saturating_duration_since(start));
        // An error of the loop says how often it tried; one from outside of it does not know.
        let known = error.attempts() > 0;
        let error = match known {
            true => error,
            false => error.with_attempts(delivery.times()).with_secrets(plan.secrets(&[])),
        };
        error.with_repeatable(plan.repeatable).called(plan.site())
    })
}

/// Makes the call within the deadline, which includes all layers.
async fn in_time(plan: &Arc<Plan>, layers: HttpService, delivery: &Delivery) -> Result<Response, Error> {
    let clock = &plan.client().clock;
    let start = clock.now();
    let ended = |kind| Error::new(kind, "").with_effect(delivery.effect());
    let mut deadline = pin!(clock.sleep(plan.deadline));
    let body = until(deadline.as_mut(), pin!(take_body(plan)))
        .await
        .map_err(|Elapsed| ended(ErrorKind::Deadline))??;
    let (body, upload) = Upload::watch(body, clock);
    let mut limits = TimeLimits::of_call(plan, start, deadline, upload);
    let mut attempt = Attempt {
        method: plan.method.clone(),
        url: plan.url().into(),
        headers: plan.headers(),
        body,
        extensions: plan.draft.extensions.clone(),
    };
    attempt.extensions.insert(plan.site().endpoint);
    attempt.extensions.insert(Ticket { plan: plan.clone(), delivery: delivery.share() });
    let request = attempt
        .into_request()
        .map_err(|failure| Error::new(ErrorKind::Argument, "the URL is not valid").with_source(failure))?;
    let response = limits.within(pin!(layers.oneshot(request))).await.map_err(ended)?;
    let response = response.map_err(|error| failed(error, delivery))?;
    judge::receive(plan, response, delivery.times(), &mut limits).await
}

/// Makes the error of a call that failed within its layers: that of the attempt loop, or of a layer.
fn failed(error: BoxError, delivery: &Delivery) -> Error {
    match error.downcast::<Error>() {
        // A layer may have run the loop before. `delivery` remembers the effect of that run.
        Ok(error) if error.effect() == Effect::NotSent => error.with_effect(delivery.effect()),
        Ok(error) => *error,
        Err(error) => Error::new(ErrorKind::Layer, "").with_effect(delivery.effect()).with_source(error),
    }
}
