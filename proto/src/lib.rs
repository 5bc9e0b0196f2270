//! The contracts between processes: gRPC services and events.
//!
//! The `.proto` files under `yiwang/` are the source; nothing here is written
//! by hand. A released event stays decodable for ever (see `tests/golden.rs`).

// Generated code is documented in the .proto files.
#![expect(
    missing_docs,
    clippy::allow_attributes,
    reason = "generated from documented .proto files"
)]

/// The Casework contract that each service serves.
pub mod casework {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.casework.v1");
    }
}

/// Events that every service raises.
pub mod event {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.event.v1");
    }
}

/// Events of social assistance.
pub mod assistance {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.assistance.v1");
    }
}

/// Burial and cremation: events, deaths, funerals, places, prices, planning, visits.
pub mod burial {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.burial.v1");
    }
}

/// Marriage registration: events, halls, register, archive.
pub mod marriage {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.marriage.v1");
    }
}

/// Rescue stations: events.
pub mod rescue {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.rescue.v1");
    }
}

/// Child protection and welfare: events, entitlements, welfare, protection, adoption, projects, tasks.
pub mod child {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("yiwang.child.v1");
    }
}

/// Encoded descriptor set of all contracts, for server reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/yiwang.bin"));
