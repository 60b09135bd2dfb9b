//! Prints the client: the struct, its constructors, its place in a nest.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::GenericParam;

use crate::model::Frame;

/// The elements of `ENDPOINTS` and `NESTS`, and the constants they name.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) constants: TokenStream,
    pub(super) endpoints: TokenStream,
    pub(super) nests: TokenStream,
    /// The types of the endpoints, in braces for each.
    pub(super) hooks: TokenStream,
}

/// Lints that look at the shape of code that nobody wrote.
fn allowed() -> TokenStream {
    quote! {
        #[allow(deprecated, dead_code, non_upper_case_globals, unused_mut, unused_variables, unreachable_code)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
    }
}

/// `impl<T> X<T> for XClient<T> { body }`
pub(crate) fn implementation(frame: &Frame<'_>, body: &TokenStream) -> TokenStream {
    let (client, ident, span) = (&frame.client, &frame.item.ident, frame.item.ident.span());
    let (parameters, arguments, clause) = frame.generics.split_for_impl();
    // As in the trait, so that the compiler says the same of both, which is once.
    let parameters = if frame.generics.params.is_empty() { quote!(<>) } else { parameters.to_token_stream() };
    let allowed = allowed();
    let block =
        quote_spanned!(span=> impl #parameters #ident #arguments for #client #arguments #clause { #body });
    quote!(#[automatically_derived] #allowed #block)
}

/// Everything about the client but the implementation of the trait.
pub(super) fn frame(frame: &Frame<'_>, lists: &Lists) -> TokenStream {
    let parts = [structure(frame), constructors(frame, lists), copies(frame), from_scope(frame, lists)];
    let dynamic = frame.dynamic.then(|| dyn_api(frame));
    quote!(#(#parts)* #dynamic)
}

/// Holds the parameters of the trait without owning values of them, so that the client stays `Send` and `Sync`.
fn marker(frame: &Frame<'_>) -> Option<TokenStream> {
    let parameters: Vec<TokenStream> = frame
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => {
                let ident = &parameter.ident;
                Some(quote!(::core::marker::PhantomData<#ident>))
            }
            GenericParam::Lifetime(parameter) => {
                let lifetime = &parameter.lifetime;
                Some(quote!(&#lifetime ()))
            }
            _ => None,
        })
        .collect();
    (!parameters.is_empty()).then(|| quote!(::core::marker::PhantomData<fn() -> (#(#parameters,)*)>))
}

fn structure(frame: &Frame<'_>) -> TokenStream {
    let (vis, client, runtime) = (&frame.item.vis, &frame.client, &frame.runtime);
    let docs = format!(" The client of [`{}`]: calls the API over HTTP.", frame.item.ident);
    let cfgs = frame.item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let (parameters, _, _) = frame.generics.split_for_impl();
    let clause = &frame.generics.where_clause;
    let marker = marker(frame).map(|marker| quote!(#[doc(hidden)] __marker: #marker,));
    let fields = quote!(#[doc(hidden)] __scope: #runtime::__private::Scope, #marker);
    // At the name of the trait, as all of the client: there the compiler points when it has a word to say about it.
    let block = quote_spanned!(frame.item.ident.span()=> #vis struct #client #parameters #clause { #fields });
    quote! {
        #(#cfgs)*
        #[doc = #docs]
        #[allow(dead_code, clippy::module_name_repetitions)]
        #block
    }
}

fn constructors(frame: &Frame<'_>, lists: &Lists) -> TokenStream {
    let (vis, client, runtime) = (&frame.item.vis, &frame.client, &frame.runtime);
    let (parameters, arguments, clause) = frame.generics.split_for_impl();
    let Lists { constants, endpoints, nests, .. } = lists;
    let (base, allowed) = (base(frame), allowed());
    let from = quote!(#runtime::__private::FromScope);
    quote! {
        #[automatically_derived]
        #allowed
        impl #parameters #client #arguments #clause {
            /// The endpoints, in the order of the declaration.
            #vis const ENDPOINTS: &'static [#runtime::Endpoint] = &[#endpoints];
            /// The nested APIs, in the order of the declaration.
            #vis const NESTS: &'static [#runtime::Nest] = &[#nests];
            #constants
            #base
            /// Makes the API callable with `client`.
            #[must_use]
            #vis fn new(client: #runtime::Client) -> Self {
                <Self as #from>::from_scope(#runtime::__private::Scope::new(client))
            }
            /// Returns the client behind the API, for calls of other APIs.
            #[must_use]
            #vis fn client(&self) -> &#runtime::Client {
                #runtime::__private::Scope::client(&self.__scope)
            }
        }
    }
}

/// An API that owns its host also begins its clients.
fn base(frame: &Frame<'_>) -> Option<TokenStream> {
    let (vis, runtime) = (&frame.item.vis, &frame.runtime);
    let base = frame.base.as_ref()?;
    Some(quote! {
        /// Where the API lives.
        #vis const BASE_URL: &'static str = #base;
        /// Begins a client of the API's own host.
        #[must_use]
        #vis fn builder() -> #runtime::ClientBuilder {
            #runtime::Client::builder(Self::BASE_URL)
        }
    })
}

/// By hand: a derive would put bounds on the parameters.
fn copies(frame: &Frame<'_>) -> TokenStream {
    let client = &frame.client;
    let (parameters, arguments, clause) = frame.generics.split_for_impl();
    let marker = marker(frame).map(|_| quote!(__marker: ::core::marker::PhantomData,));
    let name = client.to_string();
    quote! {
        #[automatically_derived]
        impl #parameters ::core::clone::Clone for #client #arguments #clause {
            fn clone(&self) -> Self {
                Self { __scope: ::core::clone::Clone::clone(&self.__scope), #marker }
            }
        }
        #[automatically_derived]
        impl #parameters ::core::fmt::Debug for #client #arguments #clause {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut tuple = ::core::fmt::Formatter::debug_tuple(f, #name);
                ::core::fmt::DebugTuple::finish(::core::fmt::DebugTuple::field(&mut tuple, &self.__scope))
            }
        }
    }
}

fn from_scope(frame: &Frame<'_>, lists: &Lists) -> TokenStream {
    let hooks = &lists.hooks;
    let (client, runtime, span) = (&frame.client, &frame.runtime, frame.item.ident.span());
    let (parameters, arguments, clause) = frame.generics.split_for_impl();
    let marker = marker(frame).map(|_| quote!(__marker: ::core::marker::PhantomData,));
    let tables = quote! {
        const ENDPOINTS: &'static [#runtime::Endpoint] = Self::ENDPOINTS;
        const NESTS: &'static [#runtime::Nest] = Self::NESTS;
        #runtime::__private::hooks! { { #hooks } }
    };
    let body = quote! {
        fn from_scope(scope: #runtime::__private::Scope) -> Self {
            Self { __scope: scope, #marker }
        }
    };
    let block = quote_spanned! {span=>
        impl #parameters #runtime::__private::FromScope for #client #arguments #clause { #body }
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #parameters #runtime::Api for #client #arguments #clause { #tables }
        #[automatically_derived]
        #[doc(hidden)]
        #block
    }
}

/// Lets a parent nest `Box<dyn X>` or `Arc<dyn X>`.
fn dyn_api(frame: &Frame<'_>) -> TokenStream {
    let (client, runtime, ident) = (&frame.client, &frame.runtime, &frame.item.ident);
    let (parameters, arguments, clause) = frame.generics.split_for_impl();
    let private = quote!(#runtime::__private);
    let made = quote!(<#client #arguments as #private::FromScope>::from_scope(scope));
    let body = quote! {
        const ENDPOINTS: &'static [#runtime::Endpoint] = <#client #arguments>::ENDPOINTS;
        const NESTS: &'static [#runtime::Nest] = <#client #arguments>::NESTS;
        fn hooks() -> #private::Vec<#private::Hooks> {
            <#client #arguments as #runtime::Api>::hooks()
        }
        fn boxed(scope: #private::Scope) -> #private::Box<Self> {
            #private::Box::new(#made)
        }
        fn shared(scope: #private::Scope) -> #private::Arc<Self> {
            #private::Arc::new(#made)
        }
    };
    let block = quote_spanned! {ident.span()=>
        impl #parameters #private::DynApi for dyn #ident #arguments #clause { #body }
    };
    quote!(#[automatically_derived] #[doc(hidden)] #block)
}
