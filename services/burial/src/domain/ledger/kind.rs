//! Kinds of places for ashes and bodies (rules B4).

yiwang_casework::code_list! {
    /// Kind of a place; also the form 安葬方式 of what lies there.
    SpotKind {
        Niche = "niche", "骨灰格位";
        AshSingle = "ash_single", "骨灰单穴墓位";
        AshJoint = "ash_joint", "骨灰双穴墓位";
        BodySingle = "body_single", "遗体单穴墓位";
        BodyDouble = "body_double", "遗体双穴墓位";
        Tree = "tree", "树葬";
        Flower = "flower", "花坛葬";
        Lawn = "lawn", "草坪葬";
        Wall = "wall", "壁葬";
        Tower = "tower", "塔葬";
        Sea = "sea", "海葬";
    }
}

impl SpotKind {
    /// Ecological burial 生态安葬: witnessed with a photo (rules F09).
    #[must_use]
    pub fn ecological(self) -> bool {
        matches!(
            self,
            Self::Tree | Self::Flower | Self::Lawn | Self::Wall | Self::Tower | Self::Sea
        )
    }

    /// Families that do not know each other lie there: a place with room stays on offer.
    /// All others belong to one family until it leaves.
    #[must_use]
    pub fn shared(self) -> bool {
        self.ecological()
    }

    /// For a body; ashes do not lie there.
    #[must_use]
    pub fn for_body(self) -> bool {
        matches!(self, Self::BodySingle | Self::BodyDouble)
    }

    /// Nothing is kept at a place: the urn's way ends there.
    #[must_use]
    pub fn scatters(self) -> bool {
        self == Self::Sea
    }

    /// Has a use period that ends; ecological places are for good.
    #[must_use]
    pub fn has_period(self) -> bool {
        !self.ecological()
    }

    /// How many may lie in one place of this kind.
    #[must_use]
    pub fn capacities(self) -> std::ops::RangeInclusive<u16> {
        match self {
            Self::AshSingle | Self::BodySingle => 1..=1,
            Self::AshJoint | Self::BodyDouble => 2..=2,
            Self::Niche => 1..=2,
            Self::Tree | Self::Flower | Self::Lawn | Self::Wall | Self::Tower | Self::Sea => {
                1..=500
            }
        }
    }
}
