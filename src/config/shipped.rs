//! The configuration that is shipped: the fictive world of the README, as the texts of its files.

/// Name and text of each file. The last one is `bindeledd.toml`: a folder that has it has all the others.
pub const SHIPPED: [(&str, &str); 9] = [
    ("partners/fjellvik-hjemmetjeneste.toml", include_str!("../../config/partners/fjellvik-hjemmetjeneste.toml")),
    ("partners/fjellvik-kapasitet.toml", include_str!("../../config/partners/fjellvik-kapasitet.toml")),
    ("partners/fjellvik-samhandling.toml", include_str!("../../config/partners/fjellvik-samhandling.toml")),
    ("partners/fjellvik-tildeling.toml", include_str!("../../config/partners/fjellvik-tildeling.toml")),
    ("partners/nordoy-legekontor.toml", include_str!("../../config/partners/nordoy-legekontor.toml")),
    ("partners/storfjell-sykehus.toml", include_str!("../../config/partners/storfjell-sykehus.toml")),
    ("routes/owner.toml", include_str!("../../config/routes/owner.toml")),
    ("routes/utskrivningsklar.toml", include_str!("../../config/routes/utskrivningsklar.toml")),
    ("bindeledd.toml", include_str!("../../config/bindeledd.toml")),
];
