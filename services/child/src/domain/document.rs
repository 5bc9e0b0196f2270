//! Identity documents as forms ask for them, as in all services.

pub use yiwang_casework::document::Document;
