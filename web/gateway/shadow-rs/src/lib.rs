//! Stands in for the crate of this name, which static-web-server uses for the lines of its `--version`.
//!
//! The real one compiles libgit2, twice, and has cargo build static-web-server anew at every call. The gateway uses the
//! server as a library and never prints those lines, so this has just what its sources name.

/// What a build script returns.
pub type SdResult<T> = Result<T, std::convert::Infallible>;

/// Writes nothing: [`shadow!`] needs no file.
#[derive(Debug, Default)]
pub struct ShadowBuilder;

impl ShadowBuilder {
    /// A builder.
    #[must_use]
    pub fn builder() -> Self {
        Self
    }

    /// Does nothing but tell cargo that the script need not run again.
    ///
    /// # Errors
    /// None.
    #[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
    pub fn build(self) -> SdResult<()> {
        println!("cargo:rerun-if-changed=build.rs");
        Ok(())
    }
}

/// Makes the module of constants.
#[macro_export]
macro_rules! shadow {
    ($build_mod:ident) => {
        #[doc = "What was built."]
        pub mod $build_mod {
            #[doc = "The version of the crate."]
            pub const PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
            #[doc = "Not known."]
            pub const COMMIT_DATE: &str = "";
            #[doc = "Not known."]
            pub const COMMIT_HASH: &str = "";
            #[doc = "Not known."]
            pub const BUILD_TARGET: &str = "";
            #[doc = "Not known."]
            pub const RUST_VERSION: &str = "";
        }
    };
}
