//! The event envelope: CloudEvents 1.0 in NATS binary mode.
//!
//! Besides the `ce-` headers an event carries its number within the aggregate,
//! the trace it belongs to, and when its predecessor was published: a consumer
//! that meets an aggregate in the middle can tell from that whether the
//! beginning is still to come or has outlived the stream.

use async_nats::{HeaderMap, Subject, header};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{broker::STREAM, inbox::Incoming};

const SPEC_VERSION: &str = "ce-specversion";
const ID: &str = "ce-id";
const SOURCE: &str = "ce-source";
const TYPE: &str = "ce-type";
const TIME: &str = "ce-time";
const SUBJECT: &str = "ce-subject";
const VERSION: &str = "aggregate-version";
const PREVIOUS: &str = "aggregate-previous-time";
const TRACE: &str = "traceparent";

/// An event with what only the transport needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) event: Incoming,
    /// When the predecessor was published, as far as the source still knows it.
    pub(crate) previous: Option<Timestamp>,
}

/// Why a message is not an event.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnvelopeError {
    #[error("the header {0} is missing")]
    Missing(&'static str),
    #[error("the header {0} is malformed")]
    Malformed(&'static str),
}

impl Envelope {
    /// The headers of the message that carries this event.
    pub(crate) fn headers(&self) -> HeaderMap {
        let event = &self.event;
        let mut headers = HeaderMap::new();
        headers.insert(header::NATS_MESSAGE_ID, event.id.to_string());
        headers.insert(header::NATS_EXPECTED_STREAM, STREAM);
        headers.insert(SPEC_VERSION, "1.0");
        headers.insert("content-type", "application/protobuf");
        headers.insert(ID, event.id.to_string());
        headers.insert(SOURCE, event.source.as_str());
        headers.insert(TYPE, event.event_type.as_str());
        headers.insert(TIME, event.occurred_at.to_string());
        headers.insert(
            SUBJECT,
            format!("{}/{}", event.aggregate, event.aggregate_id),
        );
        headers.insert(VERSION, event.version.to_string());
        if let Some(previous) = self.previous {
            headers.insert(PREVIOUS, previous.to_string());
        }
        if let Some(trace) = &event.traceparent {
            headers.insert(TRACE, trace.as_str());
        }
        headers
    }

    /// Reads a message back.
    pub(crate) fn parse(
        subject: &Subject,
        headers: Option<&HeaderMap>,
        payload: &[u8],
    ) -> Result<Self, EnvelopeError> {
        let empty = HeaderMap::new();
        let headers = headers.unwrap_or(&empty);
        let text = |name| {
            let value = header_text(headers, name).ok_or(EnvelopeError::Missing(name))?;
            // PostgreSQL refuses NUL in text; no other control character belongs here either.
            let printable = !value.is_empty() && !value.contains(char::is_control);
            printable
                .then_some(value)
                .ok_or(EnvelopeError::Malformed(name))
        };
        let (aggregate, aggregate_id) = text(SUBJECT)?
            .split_once('/')
            .filter(|(kind, id)| !kind.is_empty() && !id.is_empty())
            .ok_or(EnvelopeError::Malformed(SUBJECT))?;
        let version = parsed::<i64>(VERSION, text(VERSION)?)?;
        if version < 1 {
            return Err(EnvelopeError::Malformed(VERSION));
        }
        let previous = header_text(headers, PREVIOUS)
            .map(|at| parsed::<Timestamp>(PREVIOUS, at))
            .transpose()?;
        let event = Incoming {
            id: parsed::<Uuid>(ID, text(ID)?)?,
            event_type: text(TYPE)?.to_owned(),
            source: text(SOURCE)?.to_owned(),
            subject: subject.to_string(),
            aggregate: aggregate.to_owned(),
            aggregate_id: aggregate_id.to_owned(),
            version,
            occurred_at: parsed::<Timestamp>(TIME, text(TIME)?)?,
            traceparent: header_text(headers, TRACE).map(str::to_owned),
            payload: payload.to_vec(),
        };
        Ok(Self { event, previous })
    }
}

/// The id of the event in a message, as text; it need not be readable otherwise.
pub(crate) fn event_id(headers: Option<&HeaderMap>) -> Option<&str> {
    header_text(headers?, ID)
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.as_str())
}

fn parsed<T: std::str::FromStr>(name: &'static str, text: &str) -> Result<T, EnvelopeError> {
    text.parse().map_err(|_| EnvelopeError::Malformed(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope() -> Envelope {
        let at: Timestamp = "2026-05-12T01:00:00.000001Z".parse().unwrap();
        let event = Incoming {
            id: crate::ids::new(at),
            event_type: "yiwang.burial.death.recorded.v1".into(),
            source: "burial".into(),
            subject: "yiwang.burial.death.recorded".into(),
            aggregate: "death".into(),
            aggregate_id: "ab/cd".into(),
            version: 7,
            occurred_at: at,
            traceparent: Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".into()),
            payload: vec![0, 1, 255],
        };
        Envelope {
            event,
            previous: Some(at),
        }
    }

    #[test]
    fn an_envelope_survives_the_headers() {
        let sent = envelope();
        let headers = sent.headers();
        let subject = Subject::from(sent.event.subject.as_str());
        let read = Envelope::parse(&subject, Some(&headers), &sent.event.payload).unwrap();
        assert_eq!(read, sent);
        assert_eq!(
            event_id(Some(&headers)),
            Some(sent.event.id.to_string().as_str())
        );
    }

    #[test]
    fn a_message_without_envelope_is_named_as_such() {
        let subject = Subject::from("yiwang.burial.death.recorded");
        let error = Envelope::parse(&subject, None, b"x").unwrap_err();
        assert_eq!(error.to_string(), "the header ce-subject is missing");
        for (name, value) in [
            (ID, "7"),
            (VERSION, "0"),
            (VERSION, "first"),
            (TIME, "yesterday"),
            (SUBJECT, "death"),
            (PREVIOUS, "before"),
        ] {
            let mut headers = envelope().headers();
            headers.insert(name, value);
            let error = Envelope::parse(&subject, Some(&headers), b"x").unwrap_err();
            assert_eq!(error.to_string(), format!("the header {name} is malformed"));
        }
    }
}
