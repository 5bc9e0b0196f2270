//! The trace context on the wires (W3C Trace Context).

use std::str::FromStr as _;

use opentelemetry::{
    Context,
    propagation::{Extractor, Injector, TextMapPropagator as _},
    trace::TraceContextExt as _,
};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tonic::metadata::{MetadataKey, MetadataMap, MetadataValue};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

const TRACEPARENT: &str = "traceparent";

struct InMetadata<'a>(&'a mut MetadataMap);
struct InHttp<'a>(&'a mut http::HeaderMap);
struct InNats<'a>(&'a mut async_nats::HeaderMap);
struct FromHttp<'a>(&'a http::HeaderMap);
struct FromNats<'a>(&'a async_nats::HeaderMap);
struct FromOne<'a>(&'a str);

/// Puts the current span's context into gRPC metadata.
pub fn inject_metadata(metadata: &mut MetadataMap) {
    inject(&mut InMetadata(metadata));
}

/// Puts the current span's context into HTTP headers.
pub fn inject_http(headers: &mut http::HeaderMap) {
    inject(&mut InHttp(headers));
}

/// Puts the current span's context into NATS headers.
pub fn inject_nats(headers: &mut async_nats::HeaderMap) {
    inject(&mut InNats(headers));
}

/// The caller's context in HTTP (and gRPC) headers; empty when there is none.
pub fn parent_from_http(headers: &http::HeaderMap) -> Context {
    TraceContextPropagator::new().extract(&FromHttp(headers))
}

/// The sender's context in NATS headers; empty when there is none.
pub fn parent_from_nats(headers: &async_nats::HeaderMap) -> Context {
    TraceContextPropagator::new().extract(&FromNats(headers))
}

/// The context in a stored `traceparent`; empty when it is malformed.
pub fn parent_from_traceparent(traceparent: &str) -> Context {
    TraceContextPropagator::new().extract(&FromOne(traceparent))
}

/// Makes `span` go on with the trace of the request that has these `headers`.
pub fn continue_trace(span: &Span, headers: &http::HeaderMap) {
    set_parent(span, parent_from_http(headers));
}

/// Makes `span` a child of `parent`, before the span is entered.
pub fn set_parent(span: &Span, parent: Context) {
    // Without telemetry there is nothing to set.
    let _ = span.set_parent(parent);
}

/// The current span as a `traceparent`, to be stored with an event.
pub fn current_traceparent() -> Option<String> {
    let mut headers = http::HeaderMap::new();
    inject_http(&mut headers);
    headers
        .get(TRACEPARENT)?
        .to_str()
        .ok()
        .map(ToOwned::to_owned)
}

/// The current trace in hex, for logs and problem reports.
pub fn current_trace_id() -> Option<String> {
    let context = Span::current().context();
    let span = context.span();
    let id = span.span_context().trace_id();
    span.span_context().is_valid().then(|| id.to_string())
}

fn inject(carrier: &mut dyn Injector) {
    TraceContextPropagator::new().inject_context(&Span::current().context(), carrier);
}

impl Injector for InMetadata<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(key), Ok(value)) = (MetadataKey::from_str(key), MetadataValue::try_from(value)) {
            self.0.insert(key, value);
        }
    }
}

impl Injector for InHttp<'_> {
    fn set(&mut self, key: &str, value: String) {
        let name = http::HeaderName::from_str(key);
        if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

impl Injector for InNats<'_> {
    fn set(&mut self, key: &str, value: String) {
        // An empty tracestate is not worth a header.
        if !value.is_empty() {
            self.0.insert(key, value.as_str());
        }
    }
}

impl Extractor for FromHttp<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}

impl Extractor for FromNats<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(async_nats::HeaderValue::as_str)
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT, "tracestate"]
    }
}

impl Extractor for FromOne<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == TRACEPARENT).then_some(self.0)
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::TracerProvider as _;
    use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_trace_goes_on_over_every_wire() {
        let provider = SdkTracerProvider::builder().build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("call");
            set_parent(&span, parent_from_traceparent(PARENT));
            let _entered = span.enter();
            let trace = "0af7651916cd43dd8448eb211c80319c";
            assert_eq!(current_trace_id().unwrap(), trace);
            assert!(current_traceparent().unwrap().contains(trace));

            let mut metadata = MetadataMap::new();
            inject_metadata(&mut metadata);
            let over_grpc = parent_from_http(&metadata.into_headers());
            let mut headers = async_nats::HeaderMap::new();
            inject_nats(&mut headers);
            for context in [over_grpc, parent_from_nats(&headers)] {
                assert_eq!(context.span().span_context().trace_id().to_string(), trace);
            }
        });
    }

    #[test]
    fn ids_travel_also_when_nothing_is_recorded() {
        let provider = SdkTracerProvider::builder()
            .with_sampler(Sampler::AlwaysOff)
            .build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, || {
            let _entered = tracing::info_span!("call").entered();
            let trace = current_trace_id().unwrap();
            assert!(
                current_traceparent()
                    .unwrap()
                    .starts_with(&format!("00-{trace}-"))
            );
        });
    }

    #[test]
    fn nothing_is_invented_without_telemetry_or_from_garbage() {
        assert_eq!(current_traceparent(), None);
        assert_eq!(current_trace_id(), None);
        let context = parent_from_traceparent("00-zz");
        assert!(!context.span().span_context().is_valid());
    }
}
