//! Face embeddings of the recognition module: 128 signed bytes, about unit length after division by 320.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Numbers in an embedding.
pub const LENGTH: usize = 128;
const SCALE: f32 = 320.0;
/// What a product of bytes is in the unit of cosines.
pub const UNIT: f32 = 1.0 / (SCALE * SCALE);

/// An embedding.
#[derive(Clone, PartialEq, Eq)]
pub struct Face(pub [i8; LENGTH]);

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Face(..)")
    }
}

/// Reads Base64; anything else than 128 bytes is none.
pub fn read(text: &str) -> Option<Face> {
    let bytes = STANDARD.decode(text).ok()?;
    let mut out = [0; LENGTH];
    if bytes.len() != LENGTH {
        return None;
    }
    for (o, b) in out.iter_mut().zip(bytes) {
        *o = b.cast_signed();
    }
    Some(Face(out))
}

/// Sum of products, written so that the compiler makes vectors of it.
pub fn dot(a: &[i8; LENGTH], b: &[i8; LENGTH]) -> i32 {
    let mut sums = [0_i32; 16];
    for (x, y) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for i in 0..16 {
            sums[i] += i32::from(x[i]) * i32::from(y[i]);
        }
    }
    sums.iter().sum()
}

/// Cosine of two embeddings of about unit length.
pub fn cosine(a: &Face, b: &Face) -> f32 {
    dot(&a.0, &b.0) as f32 * UNIT
}
