using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Vedette.Server.Access;

namespace Vedette.Server.Api;

/// <summary>What an endpoint declares about itself, for the gate and for the documentation.</summary>
internal static class RouteDescriptions
{
    private static readonly MethodInfo Handler = ((RequestDelegate)Handle).Method;

    /// <summary>The role it needs, and what it does.</summary>
    public static RouteHandlerBuilder Describe(this IEndpointConventionBuilder endpoint, Role role, string summary)
    {
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(new NeededRole(role));
            // The documentation takes in only what has a method; handlers of requests have none by themselves.
            builder.Metadata.Add(Handler);
            builder.Metadata.Add(new TagsAttribute(TagOf(((RouteEndpointBuilder)builder).RoutePattern.RawText!)));
        });
        endpoint.AnswerHead();
        RouteHandlerBuilder routes = new([endpoint]);
        routes.WithSummary(summary);
        if (role != Role.Anonymous)
        {
            routes.Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.ContentType);
            routes.Produces<Problem>(StatusCodes.Status403Forbidden, Problem.ContentType);
        }
        return routes;
    }

    /// <summary>Answers HEAD where it answers GET, as probes ask; the web server leaves the body out by itself.</summary>
    public static void AnswerHead(this IEndpointConventionBuilder endpoint) => endpoint.Finally(static builder =>
    {
        if (builder.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: ["GET"] }) builder.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
    });

    /// <summary>The parameters of its query string; others are refused.</summary>
    public static RouteHandlerBuilder With(this RouteHandlerBuilder endpoint, QuerySchema query)
    {
        endpoint.Produces<Problem>(StatusCodes.Status400BadRequest, Problem.ContentType).WithMetadata(query);
        return endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (QueryParameter parameter in query.Parameters)
            {
                var schema = new OpenApiSchema { Type = TypeOf(parameter), Format = parameter.Format };
                if (parameter.Choices is { } choices) schema.Enum = [.. choices.Select(static choice => (System.Text.Json.Nodes.JsonNode)choice)];
                operation.Parameters.Add(new OpenApiParameter { Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Description, Schema = schema });
            }
            return Task.CompletedTask;
        });
    }

    /// <summary>A part of its path.</summary>
    public static RouteHandlerBuilder WithPath(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            return Task.CompletedTask;
        });

    /// <summary>The shape of its body, for the documentation; what is sent is read whatever it is called.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, params string[] contentTypes)
    {
        endpoint.Produces<Problem>(StatusCodes.Status400BadRequest, Problem.ContentType);
        return endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken);
            var body = new OpenApiRequestBody { Content = new Dictionary<string, OpenApiMediaType> { [Answer.JsonType] = new() { Schema = schema } } };
            foreach (string type in contentTypes) body.Content[type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            operation.RequestBody = body;
        });
    }

    private static string TagOf(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["api" or "v1", var resource, ..] ? resource : parts.Length == 0 ? "health" : parts[0];
    }

    private static Task Handle(HttpContext context) => Task.CompletedTask;

    private static JsonSchemaType TypeOf(QueryParameter parameter) => parameter.Type switch
    {
        "integer" => JsonSchemaType.Integer,
        "number" => JsonSchemaType.Number,
        _ => JsonSchemaType.String,
    };
}
