using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Vedette.Server.Access;

namespace Vedette.Server.Api;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its reader at <c>/docs</c>, both without asking another host.</summary>
internal static class ApiDocument
{
    private const string Scheme = "key";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Wire);
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", static options =>
        {
            options.CreateSchemaReferenceId = static type => type.Type.IsGenericType && type.Type.GetGenericTypeDefinition() == typeof(ListOf<>) ? "ListOf" + type.Type.GenericTypeArguments[0].Name : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.ShouldInclude = static call => !HttpMethods.IsHead(call.HttpMethod ?? "");
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Vedette", Version = ServiceState.Version, Description = "Watches HTTP APIs and says, while it happens, who attacks, who abuses, what is about to fail, and why." };
                document.Servers?.Clear();
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key. The header X-API-Key does as well." };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(static (operation, context, _) =>
            {
                Role role = context.Description.ActionDescriptor.EndpointMetadata.OfType<NeededRole>().FirstOrDefault()?.Role ?? Role.Anonymous;
                if (role == Role.Anonymous) return Task.CompletedTask;
                operation.Description = $"Role: {role.Name()}.";
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new NeededRole(Role.Anonymous)).AnswerHead();

    public static void UseApiReader(this IApplicationBuilder app) => app.UseSwaggerUI(static options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "Vedette API";
        options.SwaggerEndpoint("/openapi/v1.json", "Vedette");
    });
}
