//! A fault in a gRPC status and back.

use std::collections::HashMap;

use tonic::{Code as Grpc, Status};
use tonic_types::{BadRequest, ErrorDetails, StatusExt};

use super::{Code, Fault, FieldViolation, database::describe};

/// The `domain` of every `google.rpc.ErrorInfo` that we send.
pub const DOMAIN: &str = "yiwang";

/// Two of our codes share a gRPC code; this metadata entry tells them apart.
const CODE_KEY: &str = "code";

impl Code {
    fn to_grpc(self) -> Grpc {
        match self {
            Self::InvalidInput => Grpc::InvalidArgument,
            Self::Unauthenticated => Grpc::Unauthenticated,
            Self::Forbidden => Grpc::PermissionDenied,
            Self::NotFound => Grpc::NotFound,
            Self::Conflict => Grpc::Aborted,
            Self::AlreadyExists => Grpc::AlreadyExists,
            Self::PreconditionFailed | Self::IdempotencyMismatch => Grpc::FailedPrecondition,
            Self::TooLarge => Grpc::OutOfRange,
            Self::RateLimited => Grpc::ResourceExhausted,
            Self::Unavailable => Grpc::Unavailable,
            Self::DeadlineExceeded => Grpc::DeadlineExceeded,
            Self::Internal => Grpc::Internal,
        }
    }

    /// The kind of a status that somebody else made (tonic itself, a proxy).
    fn from_grpc(code: Grpc) -> Self {
        match code {
            Grpc::InvalidArgument => Self::InvalidInput,
            Grpc::Unauthenticated => Self::Unauthenticated,
            Grpc::PermissionDenied => Self::Forbidden,
            Grpc::NotFound => Self::NotFound,
            Grpc::Aborted => Self::Conflict,
            Grpc::AlreadyExists => Self::AlreadyExists,
            Grpc::FailedPrecondition => Self::PreconditionFailed,
            Grpc::OutOfRange => Self::TooLarge,
            Grpc::ResourceExhausted => Self::RateLimited,
            Grpc::Unavailable => Self::Unavailable,
            // tonic answers an elapsed deadline with CANCELLED.
            Grpc::DeadlineExceeded | Grpc::Cancelled => Self::DeadlineExceeded,
            _ => Self::Internal,
        }
    }
}

impl From<Fault> for Status {
    fn from(fault: Fault) -> Self {
        if let Some(source) = &fault.source
            && matches!(fault.code, Code::Internal | Code::Unavailable)
        {
            let cause = describe(source.as_ref());
            tracing::error!(reason = %fault.reason, cause, "call failed: {cause}");
        }
        let metadata = HashMap::from([(CODE_KEY.to_owned(), fault.code.as_str().to_owned())]);
        let mut details = ErrorDetails::with_error_info(&*fault.reason, DOMAIN, metadata);
        if !fault.fields.is_empty() {
            let violations = fault.fields.into_iter().map(|violation| {
                let mut wire = tonic_types::FieldViolation::new(violation.field, violation.message);
                wire.reason = violation.reason.into_owned();
                wire
            });
            details.set_bad_request(violations.collect::<Vec<_>>());
        }
        Status::with_error_details(fault.code.to_grpc(), fault.message, details)
    }
}

impl From<Status> for Fault {
    fn from(status: Status) -> Self {
        Self::from_status(status)
    }
}

impl Fault {
    /// The fault that a callee sent; a status without our details gets the
    /// default sentence of its kind and is kept as the cause.
    pub fn from_status(status: Status) -> Self {
        let details = status.get_error_details();
        let Some(info) = details.error_info().filter(|info| info.domain == DOMAIN) else {
            let code = match is_lost(&status) {
                true => Code::Unavailable,
                false => Code::from_grpc(status.code()),
            };
            return Self::of(code).caused_by(status);
        };
        let code = info
            .metadata
            .get(CODE_KEY)
            .and_then(|name| Code::ALL.into_iter().find(|code| code.as_str() == name))
            .unwrap_or_else(|| Code::from_grpc(status.code()));
        let fields = details.bad_request().map(violations).unwrap_or_default();
        Self {
            fields,
            ..Self::new(code, info.reason.clone(), status.message())
        }
    }
}

/// Whether the connection broke during the call: such a status was made here, from an error of the
/// transport, and did not come from the callee. One that is stopping closes its connections, and a
/// call that has just been sent on one of them was not begun.
fn is_lost(status: &Status) -> bool {
    let mut cause = std::error::Error::source(status);
    let ours = cause.is_some()
        && matches!(
            status.code(),
            Grpc::Unknown | Grpc::Internal | Grpc::Cancelled
        );
    while let Some(error) = cause {
        if error.is::<tonic::TimeoutExpired>() {
            return false;
        }
        cause = error.source();
    }
    ours
}

fn violations(bad_request: &BadRequest) -> Vec<FieldViolation> {
    let violation = |wire: &tonic_types::FieldViolation| {
        FieldViolation::new(&wire.field, wire.reason.clone(), &wire.description)
    };
    bad_request.field_violations.iter().map(violation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_survives_the_wire() {
        for code in Code::ALL {
            let mut fault = Fault::new(code, "SOME_REASON", "请稍后再试。");
            fault.fields = vec![FieldViolation::new(
                "/members/0/id_number",
                "CHECK_DIGIT",
                "第1位成员的身份证号校验码不对。",
            )];
            let back = Fault::from_status(Status::from(fault));
            assert_eq!(back.code, code);
            assert_eq!(back.reason, "SOME_REASON");
            assert_eq!(back.message, "请稍后再试。");
            assert_eq!(back.fields[0].field, "/members/0/id_number");
            assert_eq!(back.fields[0].reason, "CHECK_DIGIT");
            assert_eq!(back.fields[0].message, "第1位成员的身份证号校验码不对。");
        }
    }

    #[test]
    fn a_cause_never_reaches_the_wire() {
        let status = Status::from(Fault::internal("secret 421221199001011234"));
        let sent = format!("{} {:?}", status.message(), status.details());
        assert!(!sent.contains("421221199001011234"));
    }

    #[test]
    fn a_foreign_status_gets_the_sentence_of_its_kind() {
        let fault = Fault::from_status(Status::unavailable("connection refused"));
        assert_eq!(fault.code, Code::Unavailable);
        assert_eq!(fault.message, Code::Unavailable.default_message());
        assert!(fault.retryable());
        assert!(fault.source.is_some());
    }

    #[test]
    fn a_callee_that_dies_during_the_call_is_away() {
        let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        let fault = Fault::from_status(Status::from_error(Box::new(reset)));
        assert_eq!(fault.code, Code::Unavailable);
        for code in [Grpc::Unknown, Grpc::Internal] {
            let said = Fault::from_status(Status::new(code, "the callee said so"));
            assert_eq!(said.code, Code::Internal);
            let mut gone = Status::new(code, "h2 protocol error");
            gone.set_source(std::sync::Arc::new(std::fmt::Error));
            assert_eq!(Fault::from_status(gone).code, Code::Unavailable);
        }
        let late = Fault::from_status(Status::from_error(Box::new(tonic::TimeoutExpired(()))));
        assert_eq!(late.code, Code::DeadlineExceeded);
    }

    #[test]
    fn a_lost_pool_is_unavailable_and_a_bad_row_is_our_mistake() {
        assert_eq!(
            Fault::from(sqlx::Error::PoolTimedOut).code,
            Code::Unavailable
        );
        assert_eq!(Fault::from(sqlx::Error::RowNotFound).code, Code::Internal);
    }
}
